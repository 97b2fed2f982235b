package io.kagu.common.gpu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A valid set of GPUs, with the questions that services ask of it. Immutable. Only one that was
 * folded from stored rows may name fallbacks that no GPU serves; they are of no use then.
 */
public final class Registry {

    /** No GPU at all. */
    public static final Registry EMPTY = new Registry(List.of());

    private final List<GpuSpec> gpus;
    private final Map<String, String> canonicalNames = new TreeMap<>();
    private final Map<String, String> poolByModel = new TreeMap<>();
    private final Map<String, String> poolByName = new TreeMap<>();

    private Registry(List<GpuSpec> gpus) {
        this.gpus = gpus;
        for (GpuSpec gpu : gpus) {
            for (ServedModel model : gpu.models()) {
                poolByModel.put(model.name(), gpu.pool());
                canonicalNames.put(model.name(), model.name());
                model.aliases().forEach(alias -> canonicalNames.put(alias, model.name()));
            }
        }
        canonicalNames.forEach((name, model) -> poolByName.put(name, poolByModel.get(model)));
    }

    /**
     * The registry of these GPUs.
     *
     * @throws RegistryException with every rule they break
     */
    public static Registry of(Collection<GpuSpec> gpus) {
        List<String> faults = faults(gpus);
        if (!faults.isEmpty()) {
            throw new RegistryException(faults);
        }
        return inForce(gpus);
    }

    /** Every rule that these GPUs break, one line each. */
    public static List<String> faults(Collection<GpuSpec> gpus) {
        return RegistryRules.check(gpus);
    }

    /** GPUs that agree with each other, except that a fallback may be served by none of them. */
    static Registry inForce(Collection<GpuSpec> gpus) {
        return new Registry(gpus.stream().sorted(Comparator.comparing(GpuSpec::name)).toList());
    }

    /** All GPUs by name. */
    public List<GpuSpec> gpus() {
        return gpus;
    }

    /** The GPUs of a pool by name. */
    public List<GpuSpec> gpusOf(String pool) {
        return gpus.stream().filter(gpu -> gpu.pool().equals(pool)).toList();
    }

    /** A GPU by name. */
    public Optional<GpuSpec> gpu(String name) {
        return gpus.stream().filter(gpu -> gpu.name().equals(name)).findFirst();
    }

    /** All pools, sorted. */
    public SortedSet<String> pools() {
        SortedSet<String> pools = new TreeSet<>();
        gpus.forEach(gpu -> pools.add(gpu.pool()));
        return pools;
    }

    /** A model's own name for that name or an alias of it. */
    public Optional<String> canonicalName(String modelOrAlias) {
        return Optional.ofNullable(canonicalNames.get(modelOrAlias));
    }

    /** The pool that serves a model or alias. */
    public Optional<String> poolOf(String modelOrAlias) {
        return Optional.ofNullable(poolByName.get(modelOrAlias));
    }

    /** The pool of every model and alias. */
    public Map<String, String> poolsByName() {
        return Collections.unmodifiableMap(poolByName);
    }

    /** All model names, without aliases, sorted. */
    public Set<String> models() {
        return Collections.unmodifiableSet(poolByModel.keySet());
    }

    /** Whether a GPU serves a model, by its canonical name. */
    public static boolean serves(GpuSpec gpu, String model) {
        return gpu.models().stream().anyMatch(served -> served.name().equals(model));
    }

    /** These GPUs and more, or changed ones, in a list of their own. */
    public List<GpuSpec> with(GpuSpec changed) {
        List<GpuSpec> all = new ArrayList<>(gpus);
        all.removeIf(gpu -> gpu.name().equals(changed.name()));
        all.add(changed);
        return all;
    }

    /** These GPUs without one, in a list of their own. */
    public List<GpuSpec> without(String name) {
        return gpus.stream().filter(gpu -> !gpu.name().equals(name)).toList();
    }
}
