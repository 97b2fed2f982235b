package io.kagu.ingest.scrape;

import io.kagu.common.topic.Partitions;

import java.util.Set;

/**
 * Which GPUs are this replica's: those whose metrics go to its partitions of their topic.
 *
 * @param partitions of the topic of metrics; 0 while unknown
 * @param owned partitions that the group gave to this replica
 */
record ScrapeShare(int partitions, Set<Integer> owned) {

    static final ScrapeShare NONE = new ScrapeShare(0, Set.of());

    ScrapeShare {
        owned = Set.copyOf(owned);
    }

    /** Whether the default partitioner sends the GPU's rows to a partition of ours. */
    boolean has(String gpu) {
        return partitions > 0 && owned.contains(Partitions.of(gpu, partitions));
    }
}
