package io.kagu.ingest.scrape;

import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which GPUs are this replica's: those whose rows stand in its partitions of the registry.
 *
 * @param partitions of the registry's topic; 0 while unknown
 * @param owned partitions that the group gave to this replica
 */
record RegistryShare(int partitions, Set<Integer> owned) {

    static final RegistryShare NONE = new RegistryShare(0, Set.of());

    RegistryShare {
        owned = Set.copyOf(owned);
    }

    /** Whether the GPU's row is where the default partitioner sends it, and that is ours. */
    boolean has(String gpu) {
        return partitions > 0 && owned.contains(partitionOf(gpu));
    }

    private int partitionOf(String gpu) {
        byte[] key = gpu.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
