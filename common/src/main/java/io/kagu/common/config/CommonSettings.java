package io.kagu.common.config;

import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;

import java.nio.file.Path;
import java.util.List;

/** The keys that all services share, and the records they become. */
public final class CommonSettings {

    private static final List<String> SERVICE_PREFIXES =
            List.of("KAGU_INGEST_", "KAGU_ADMISSION_", "KAGU_DISPATCHER_", "KAGU_STATUS_");

    private static final String PROPERTIES_KEY = "KAGU_KAFKA_PROPERTIES";

    private CommonSettings() {}

    /**
     * A table with the shared keys; the service adds its own.
     *
     * @param ownPrefixes prefixes of the service's own keys; every key under them must be known
     */
    public static SettingTable table(String... ownPrefixes) {
        List<String> own = List.of(ownPrefixes);
        return new SettingTable()
                .text(
                        "KAGU_KAFKA_BOOTSTRAP",
                        "127.0.0.1:9092",
                        "brokers, host:port, comma-separated")
                .text(PROPERTIES_KEY, "", "file of further Kafka client properties")
                .text("KAGU_TOPIC_PREFIX", "kagu.", "in front of all topic and group names")
                .integer("KAGU_TOPIC_PARTITIONS", 8, 1, 1024, "partitions of keyed topics")
                .integer("KAGU_TOPIC_REPLICATION", 1, 1, 9, "copies of each partition")
                .integer(
                        "KAGU_TOPIC_RETENTION_HOURS",
                        72,
                        1,
                        8760,
                        "how long job topics keep records")
                .integer("KAGU_MAX_BODY_BYTES", 1 << 20, 1024, 64 << 20, "largest request body")
                .integer(
                        "KAGU_MAX_RESPONSE_BYTES",
                        8 << 20,
                        1024,
                        256 << 20,
                        "largest response body")
                .foreign(SERVICE_PREFIXES.stream().filter(p -> !own.contains(p)).toList());
    }

    /** How to reach the brokers. */
    public static KafkaConfig kafka(Settings settings) {
        String bootstrap = settings.text("KAGU_KAFKA_BOOTSTRAP");
        String file = settings.text(PROPERTIES_KEY);
        return file.isBlank()
                ? KafkaConfig.of(bootstrap)
                : new KafkaConfig(
                        bootstrap, SettingSource.file(PROPERTIES_KEY, Path.of(file)).values());
    }

    /** How the topics are shaped. */
    public static TopicConfig topics(Settings settings) {
        return new TopicConfig(
                settings.text("KAGU_TOPIC_PREFIX"),
                settings.integer("KAGU_TOPIC_PARTITIONS"),
                (short) settings.integer("KAGU_TOPIC_REPLICATION"),
                settings.integer("KAGU_MAX_BODY_BYTES"),
                settings.integer("KAGU_MAX_RESPONSE_BYTES"),
                settings.integer("KAGU_TOPIC_RETENTION_HOURS"));
    }
}
