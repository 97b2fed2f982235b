package io.kagu.common.topic;

import java.util.Map;

/**
 * How one topic is set up.
 *
 * @param key what the key is, for the documentation
 * @param value what the value is, for the documentation
 * @param writers which services write it, for the documentation
 * @param readers which services read it, for the documentation
 */
public record TopicSpec(
        String name,
        int partitions,
        short replication,
        Map<String, String> settings,
        String key,
        String value,
        String writers,
        String readers) {

    public TopicSpec {
        settings = Map.copyOf(settings);
    }
}
