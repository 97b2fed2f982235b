package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pool's GPUs by name and by the models they serve, with the leases that they hold. */
final class Fleet {

    /** By name, in that order. */
    private final Map<String, Gpu> gpus = new LinkedHashMap<>();

    private final Map<String, List<Gpu>> byModel = new LinkedHashMap<>();
    private final Map<String, List<String>> fallbacks = new TreeMap<>();
    private final Map<String, Integer> leasesOfGone = new TreeMap<>();

    /** Replaces the GPUs; leases on those that are gone stay counted until they end. */
    void use(Collection<GpuSpec> specs) {
        Map<String, Gpu> before = new TreeMap<>(gpus);
        gpus.clear();
        byModel.clear();
        fallbacks.clear();
        specs.stream()
                .sorted(Comparator.comparing(GpuSpec::name))
                .forEach(spec -> add(spec, Optional.ofNullable(before.remove(spec.name()))));
        before.values().stream()
                .filter(gpu -> gpu.leased() > 0)
                .forEach(gone -> leasesOfGone.put(gone.name(), gone.leased()));
    }

    private void add(GpuSpec spec, Optional<Gpu> before) {
        Integer kept = leasesOfGone.remove(spec.name());
        Gpu gpu = new Gpu(spec, before.map(Gpu::leased).orElse(kept == null ? 0 : kept));
        before.flatMap(Gpu::reading).ifPresent(gpu::read);
        gpus.put(spec.name(), gpu);
        for (ServedModel model : spec.models()) {
            byModel.computeIfAbsent(model.name(), name -> new ArrayList<>()).add(gpu);
            List<String> others =
                    fallbacks.computeIfAbsent(model.name(), name -> new ArrayList<>());
            model.fallbacks().stream().filter(name -> !others.contains(name)).forEach(others::add);
        }
    }

    void take(String name) {
        Gpu gpu = gpus.get(name);
        if (gpu == null) {
            leasesOfGone.merge(name, 1, Integer::sum);
        } else {
            gpu.take();
        }
    }

    void release(String name) {
        Gpu gpu = gpus.get(name);
        if (gpu == null) {
            releaseGone(name);
        } else {
            gpu.release();
        }
    }

    private void releaseGone(String name) {
        if (leasesOfGone.computeIfPresent(name, (gone, held) -> held - 1) == null) {
            throw new IllegalStateException("no lease is held on GPU " + name);
        }
        leasesOfGone.remove(name, 0);
    }

    /** Takes note of what a sidecar said; of GPUs of other pools there is nothing to note. */
    void read(SidecarReading said) {
        find(said.metrics().gpu()).ifPresent(gpu -> gpu.read(said));
    }

    Optional<Gpu> find(String name) {
        return Optional.ofNullable(gpus.get(name));
    }

    /** All GPUs, by name. */
    Collection<Gpu> all() {
        return gpus.values();
    }

    /** The GPUs that serve a model, busy or not. */
    List<Gpu> serving(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    /** Models that may stand in for one whose own GPUs cannot work, best first. */
    List<String> fallbacks(String model) {
        return fallbacks.getOrDefault(model, List.of());
    }

    /** Slots of all GPUs, as many as may be used at once. */
    int slots() {
        return gpus.values().stream().mapToInt(Gpu::mostLeases).sum();
    }
}
