package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which models compete for the same GPUs: those that one GPU serves, a model and its fallbacks, and
 * those that compete with these in turn. Two models of different groups never take a slot from each
 * other.
 */
final class ModelGroups {

    private final Map<String, Set<String>> groups = new LinkedHashMap<>();

    /** These are the pool's GPUs now. */
    void use(Collection<GpuSpec> gpus) {
        groups.clear();
        for (GpuSpec gpu : gpus) {
            join(gpu.models().stream().map(ServedModel::name).toList());
            gpu.models().forEach(this::joinFallbacks);
        }
    }

    /** The models of a model's group, itself among them. */
    Collection<String> of(String model) {
        Set<String> group = groups.get(model);
        return group == null ? List.of(model) : group;
    }

    private void joinFallbacks(ServedModel model) {
        for (String fallback : model.fallbacks()) {
            join(List.of(model.name(), fallback));
        }
    }

    private void join(List<String> models) {
        Set<String> first = null;
        for (String model : models) {
            Set<String> group =
                    groups.computeIfAbsent(model, name -> new LinkedHashSet<>(List.of(name)));
            if (first == null) {
                first = group;
            } else if (!first.contains(model)) {
                first.addAll(group);
                for (String moved : group) {
                    groups.put(moved, first);
                }
            }
        }
    }
}
