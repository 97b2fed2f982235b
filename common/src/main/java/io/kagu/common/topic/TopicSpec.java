package io.kagu.common.topic;

import java.util.Map;

/**
 * How one topic is set up.
 *
 * @param partitionsFixed whether a topic with another number of partitions is a fault; not where
 *     they only spread work
 * @param key what the key is, for the documentation
 * @param value what the value is, for the documentation
 * @param writers which services write it, for the documentation
 * @param readers which services read it, for the documentation
 */
public record TopicSpec(
        String name,
        int partitions,
        boolean partitionsFixed,
        short replication,
        Map<String, String> settings,
        String key,
        String value,
        String writers,
        String readers) {

    public TopicSpec {
        settings = Map.copyOf(settings);
    }

    /** A topic whose number of partitions is part of the contract. */
    public TopicSpec(
            String name,
            int partitions,
            short replication,
            Map<String, String> settings,
            String key,
            String value,
            String writers,
            String readers) {
        this(name, partitions, true, replication, settings, key, value, writers, readers);
    }
}
