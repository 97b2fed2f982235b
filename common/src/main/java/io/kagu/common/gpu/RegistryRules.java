package io.kagu.common.gpu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules that a set of GPUs must keep as a whole. */
final class RegistryRules {

    private RegistryRules() {}

    /** What is wrong with these GPUs, one line each; empty if nothing is. */
    static List<String> check(Collection<GpuSpec> gpus) {
        Set<String> faults = new LinkedHashSet<>();
        Set<String> names = new TreeSet<>();
        ModelNames models = new ModelNames();
        for (GpuSpec gpu : gpus) {
            faults.addAll(GpuRules.check(gpu));
            faults.addAll(models.take(gpu));
            if (!names.add(gpu.name())) {
                faults.add("gpu " + gpu.name() + ": name is used twice");
            }
        }
        for (GpuSpec gpu : gpus) {
            gpu.models().forEach(model -> faults.addAll(fallbackFaults(gpu, model, models)));
        }
        return new ArrayList<>(faults);
    }

    private static List<String> fallbackFaults(GpuSpec gpu, ServedModel model, ModelNames models) {
        List<String> faults = new ArrayList<>();
        String at = "model " + model.name() + ": fallback ";
        for (String fallback : model.fallbacks()) {
            Optional<String> pool = models.poolOf(fallback);
            if (pool.isEmpty()) {
                faults.add(at + fallback + " is served by no GPU");
            } else if (!pool.get().equals(gpu.pool())) {
                faults.add(at + fallback + " is in another pool, " + pool.get());
            }
        }
        return faults;
    }
}
