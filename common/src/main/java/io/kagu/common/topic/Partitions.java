package io.kagu.common.topic;

import org.apache.kafka.common.utils.Utils;

import java.nio.charset.StandardCharsets;

/** Where the default partitioner of Kafka's producers puts a key. */
public final class Partitions {

    private Partitions() {}

    /**
     * The partition of a key.
     *
     * @param count partitions of the topic, at least 1
     */
    public static int of(String key, int count) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }
}
