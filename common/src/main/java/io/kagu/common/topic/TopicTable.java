package io.kagu.common.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import io.kagu.common.job.Priority;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one table of all topics: created from here if absent, verified against it if present. */
public final class TopicTable {

    private final TopicConfig config;
    private final Topics topics;

    private TopicTable(TopicConfig config) {
        this.config = config;
        this.topics = new Topics(config.prefix());
    }

    /** Every topic of an installation, in the order of a job's way through them. */
    public static List<TopicSpec> of(TopicConfig config) {
        return new TopicTable(config).specs();
    }

    private List<TopicSpec> specs() {
        List<TopicSpec> specs = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            specs.add(
                    jobTopic(topics.jobs(priority), config.maxRequestRecordBytes())
                            .key("pool")
                            .value("request body, byte for byte")
                            .flow("ingest, producers", "dispatcher"));
        }
        specs.add(
                jobTopic(topics.commands(), config.maxRequestRecordBytes())
                        .key("pool")
                        .value("command (JSON); or the body of a job to requeue")
                        .flow("status-api; dispatcher: cancels of jobs that moved", "dispatcher"));
        specs.add(
                jobTopic(topics.retry(), config.maxRequestRecordBytes())
                        .key("pool")
                        .value("job id, attempt, due time, reason (JSON)")
                        .flow("dispatcher", "dispatcher"));
        specs.add(
                jobTopic(topics.deadLetters(), config.maxRequestRecordBytes())
                        .key("job id")
                        .value("request body, why it died in headers; none: taken back")
                        .flow("dispatcher", "status-api, anyone"));
        specs.add(
                jobTopic(topics.events(), config.maxRequestRecordBytes())
                        .key("job id")
                        .value("lifecycle event with the job's view (JSON)")
                        .flow("dispatcher; ingest: accepted only", "status-api, anyone"));
        specs.add(
                jobTopic(topics.results(), config.maxResponseRecordBytes())
                        .key("job id")
                        .value("response body; status, GPU and times in headers")
                        .flow("dispatcher", "status-api, anyone"));
        specs.add(
                compacted(topics.registry())
                        .key("GPU name")
                        .value("GPU spec (JSON)")
                        .flow("ingest, operators", "ingest, dispatcher, status-api"));
        specs.add(
                metrics()
                        .key("GPU name")
                        .value("health and numbers of the last scrape (JSON)")
                        .flow("ingest", "ingest, dispatcher, status-api, anyone"));
        specs.add(
                passing(topics.assignments(), config.partitions(), config.maxRequestRecordBytes())
                        .key("executor incarnation")
                        .value("request body; the call in headers")
                        .flow("dispatcher", "the dispatcher addressed"));
        specs.add(
                passing(topics.aborts(), 1, config.maxRequestRecordBytes())
                        .key("job id")
                        .value("abort of a running call (JSON)")
                        .flow("dispatcher", "every dispatcher"));
        specs.add(
                passing(topics.outcomes(), config.partitions(), config.maxResponseRecordBytes())
                        .key("pool")
                        .value("response body; the outcome in headers")
                        .flow("dispatcher", "dispatcher"));
        specs.add(
                compacted(topics.instances())
                        .key("incarnation")
                        .value("heartbeat with the calls in flight (JSON)")
                        .flow("dispatcher", "dispatcher, status-api"));
        specs.add(
                compacted(topics.queueStatus())
                        .key("pool")
                        .value("queue status (JSON)")
                        .flow("dispatcher", "ingest, status-api"));
        return List.copyOf(specs);
    }

    /** Log append time, so that a producer's wrong clock deletes nothing. */
    private Row jobTopic(String name, int maxBytes) {
        return passing(name, config.partitions(), maxBytes)
                .with(MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    private Row passing(String name, int partitions, int maxBytes) {
        return new Row(name, partitions)
                .with(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE)
                .with(MAX_MESSAGE_BYTES_CONFIG, maxBytes)
                .with(RETENTION_MS_CONFIG, Duration.ofHours(config.retentionHours()).toMillis());
    }

    private Row compacted(String name) {
        return new Row(name, 1)
                .with(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT)
                .with(DELETE_RETENTION_MS_CONFIG, Duration.ofHours(1).toMillis())
                .with(SEGMENT_MS_CONFIG, Duration.ofHours(1).toMillis());
    }

    /**
     * Replicas share the scraping out by these partitions. Rows come every second: with short
     * segments little of what is outdated is left for who starts to read.
     */
    private Row metrics() {
        return compacted(topics.metrics())
                .spreadOver(config.partitions())
                .with(SEGMENT_MS_CONFIG, Duration.ofMinutes(5).toMillis());
    }

    /** A row of the table while it is written. */
    private final class Row {
        private final String name;
        private int partitions;
        private boolean partitionsFixed = true;
        private final Map<String, String> settings = new TreeMap<>();
        private String key = "";
        private String value = "";

        Row(String name, int partitions) {
            this.name = name;
            this.partitions = partitions;
            with(MIN_IN_SYNC_REPLICAS_CONFIG, config.minInSyncReplicas());
        }

        Row with(String setting, Object settingValue) {
            settings.put(setting, settingValue.toString());
            return this;
        }

        /** With as many partitions as this, or any other number. */
        Row spreadOver(int count) {
            partitions = count;
            partitionsFixed = false;
            return this;
        }

        Row key(String words) {
            key = words;
            return this;
        }

        Row value(String words) {
            value = words;
            return this;
        }

        TopicSpec flow(String writers, String readers) {
            return new TopicSpec(
                    name,
                    partitions,
                    partitionsFixed,
                    config.replication(),
                    settings,
                    key,
                    value,
                    writers,
                    readers);
        }
    }
}
