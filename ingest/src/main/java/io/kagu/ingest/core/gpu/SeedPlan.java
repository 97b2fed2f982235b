package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.GpuSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a registry file changes. An entry is applied when it is not the one that was applied to its
 * GPU last: what was changed over HTTP since then stays until the file's entry changes. A GPU that
 * came from a file and is in none any more goes; one that never was in a file stays.
 *
 * @param put entries to apply
 * @param remove names of GPUs that left the file
 */
public record SeedPlan(List<Applied> put, List<String> remove) {

    public SeedPlan {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }

    /**
     * An entry to apply.
     *
     * @param spec what the GPU is to be
     * @param fileEntry what the file says
     */
    public record Applied(GpuSpec spec, GpuSpec fileEntry) {}

    /**
     * A GPU that is stored.
     *
     * @param inForce empty if its row is left out
     * @param fileEntry what a file said of it last
     */
    public record Stored(Optional<GpuSpec> inForce, Optional<GpuSpec> fileEntry) {

        private boolean holds(GpuSpec entry) {
            return inForce.isPresent() && fileEntry.equals(Optional.of(entry));
        }
    }

    /**
     * The plan.
     *
     * @param stored by name
     */
    public static SeedPlan decide(List<GpuSpec> file, Map<String, Stored> stored) {
        List<Applied> put = new ArrayList<>();
        Map<String, Stored> left = new TreeMap<>(stored);
        for (GpuSpec entry : file) {
            Optional<Stored> known = Optional.ofNullable(left.remove(entry.name()));
            if (known.filter(it -> it.holds(entry)).isEmpty()) {
                put.add(new Applied(merged(entry, known), entry));
            }
        }
        left.values().removeIf(gpu -> gpu.fileEntry().isEmpty());
        return new SeedPlan(put, List.copyOf(left.keySet()));
    }

    /** The entry; a drain that was asked for over HTTP goes on. */
    private static GpuSpec merged(GpuSpec entry, Optional<Stored> known) {
        boolean drains =
                known.filter(it -> it.fileEntry().filter(last -> !last.draining()).isPresent())
                        .flatMap(Stored::inForce)
                        .filter(GpuSpec::draining)
                        .isPresent();
        return drains ? entry.draining(true) : entry;
    }

    /** All GPUs once this is done. */
    public List<GpuSpec> after(Map<String, Stored> stored) {
        Map<String, GpuSpec> gpus = new TreeMap<>();
        stored.forEach((name, gpu) -> gpu.inForce().ifPresent(spec -> gpus.put(name, spec)));
        remove.forEach(gpus::remove);
        put.forEach(applied -> gpus.put(applied.spec().name(), applied.spec()));
        return List.copyOf(gpus.values());
    }
}
