package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The pool's GPUs and how many leases each holds. */
final class SlotTable {

    private final Map<String, GpuSpec> gpus = new TreeMap<>();
    private final Map<String, List<GpuSpec>> byModel = new TreeMap<>();
    private final Map<String, Integer> leased = new TreeMap<>();

    /** Replaces the GPUs; leases on those that are gone stay counted until they end. */
    void use(Collection<GpuSpec> specs) {
        gpus.clear();
        byModel.clear();
        for (GpuSpec gpu : specs) {
            gpus.put(gpu.name(), gpu);
            for (ServedModel model : gpu.models()) {
                byModel.computeIfAbsent(model.name(), name -> new ArrayList<>()).add(gpu);
            }
        }
    }

    void take(String gpu) {
        leased.merge(gpu, 1, Integer::sum);
    }

    void release(String gpu) {
        if (leased.getOrDefault(gpu, 0) < 1) {
            throw new IllegalStateException("no lease is held on GPU " + gpu);
        }
        leased.merge(gpu, -1, Integer::sum);
    }

    /** Whether some GPU serves the model, busy or not. */
    boolean serves(String model) {
        return byModel.containsKey(model);
    }

    /** Whether a GPU that serves the model has a free slot, among those that may be called. */
    boolean canRun(String model, Predicate<String> callable) {
        for (GpuSpec gpu : serving(model)) {
            if (hasFreeSlot(gpu) && callable.test(gpu.name())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The GPU for a job: the least occupied one with a free slot that may be called; one that is to
     * be avoided only if no other has a slot; ties by registered order, then by name.
     */
    Optional<GpuSpec> choose(String model, String avoid, Predicate<String> callable) {
        return serving(model).stream()
                .filter(this::hasFreeSlot)
                .filter(gpu -> callable.test(gpu.name()))
                .min(
                        Comparator.comparing((GpuSpec gpu) -> gpu.name().equals(avoid))
                                .thenComparingDouble(this::occupancy)
                                .thenComparingInt(GpuSpec::order)
                                .thenComparing(GpuSpec::name));
    }

    /** All GPUs, by name. */
    Collection<GpuSpec> all() {
        return gpus.values();
    }

    int leased(String gpu) {
        return leased.getOrDefault(gpu, 0);
    }

    /** Slots of all GPUs. */
    int total() {
        return gpus.values().stream().mapToInt(GpuSpec::slots).sum();
    }

    Optional<GpuSpec> gpu(String name) {
        return Optional.ofNullable(gpus.get(name));
    }

    private List<GpuSpec> serving(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    private boolean hasFreeSlot(GpuSpec gpu) {
        return leased(gpu.name()) < gpu.slots();
    }

    private double occupancy(GpuSpec gpu) {
        return (double) leased(gpu.name()) / gpu.slots();
    }
}
