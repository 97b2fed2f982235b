package io.kagu.common.gpu;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What GPUs beside each other must agree on: to which pool a model belongs, and for which model a
 * name stands. The first that says so is right.
 */
final class ModelNames {

    private final Map<String, String> poolOfModel = new TreeMap<>();
    private final Map<String, String> modelOfName = new TreeMap<>();

    /** Takes what a GPU says where nothing contradicts it; what is contradicted, one line each. */
    List<String> take(GpuSpec gpu) {
        Set<String> faults = new LinkedHashSet<>();
        for (ServedModel model : gpu.models()) {
            takePool(model.name(), gpu.pool()).ifPresent(faults::add);
            takeName(model.name(), model.name()).ifPresent(faults::add);
            for (String alias : model.aliases()) {
                takeName(alias, model.name()).ifPresent(faults::add);
            }
        }
        return new ArrayList<>(faults);
    }

    /** Takes all that a GPU says if nothing contradicts it, else nothing. */
    List<String> takeWhole(GpuSpec gpu) {
        ModelNames alone = new ModelNames();
        List<String> faults = alone.take(gpu);
        if (faults.isEmpty()) {
            faults = conflictsWith(alone);
        }
        if (faults.isEmpty()) {
            poolOfModel.putAll(alone.poolOfModel);
            modelOfName.putAll(alone.modelOfName);
        }
        return faults;
    }

    private List<String> conflictsWith(ModelNames other) {
        List<String> faults = new ArrayList<>();
        other.poolOfModel.forEach((model, pool) -> {
            Optional<String> known = poolOf(model);
            known.filter(it -> !it.equals(pool))
                    .ifPresent(it -> faults.add(twoPools(model, it, pool)));
        });
        other.modelOfName.forEach((name, model) -> {
            Optional<String> known = Optional.ofNullable(modelOfName.get(name));
            known.filter(it -> !it.equals(model))
                    .ifPresent(it -> faults.add(twoModels(name, it, model)));
        });
        return faults;
    }

    /** The pool of a model, by its own name. */
    Optional<String> poolOf(String model) {
        return Optional.ofNullable(poolOfModel.get(model));
    }

    private Optional<String> takePool(String model, String pool) {
        String known = poolOfModel.putIfAbsent(model, pool);
        return known == null || known.equals(pool)
                ? Optional.empty()
                : Optional.of(twoPools(model, known, pool));
    }

    private Optional<String> takeName(String name, String model) {
        String known = modelOfName.putIfAbsent(name, model);
        return known == null || known.equals(model)
                ? Optional.empty()
                : Optional.of(twoModels(name, known, model));
    }

    private static String twoPools(String model, String pool, String other) {
        return "model %s: served in pool %s and in pool %s; a model belongs to exactly one"
                .formatted(model, pool, other);
    }

    private static String twoModels(String name, String model, String other) {
        return "model name %s: stands for %s and for %s".formatted(name, model, other);
    }
}
