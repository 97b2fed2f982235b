package io.kagu.bench.chaos;

import io.kagu.common.topic.TopicConfig;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The environments of the services of a chaos run: the defaults, but for what it must set. */
record ServiceSettings(TopicConfig topics, Path folder) {

    /** One that may make fewer calls than its pool has slots, and spills the others. */
    private static final String SPILLING = "dispatcher-0";

    /** Its session is the default's six seconds; GPUs that failed are tried again sooner. */
    Map<String, String> dispatcher(String name, int port, String bootstrap) {
        Map<String, String> all = common(bootstrap);
        if (name.equals(SPILLING)) {
            all.put("KAGU_DISPATCHER_CALL_BUDGET", "1");
        }
        all.put("KAGU_DISPATCHER_PORT", Integer.toString(port));
        all.put("KAGU_DISPATCHER_STATE_DIR", folder.resolve(name).toString());
        all.put("KAGU_DISPATCHER_BREAKER_PAUSE_MS", "2000");
        all.put("KAGU_DISPATCHER_FAULT_PAUSE_MS", "500");
        all.put("KAGU_DISPATCHER_FAULT_PAUSE_MAX_MS", "4000");
        return all;
    }

    Map<String, String> statusApi(String name, int port, String bootstrap) {
        Map<String, String> all = common(bootstrap);
        all.put("KAGU_STATUS_PORT", Integer.toString(port));
        all.put("KAGU_STATUS_STATE_DIR", folder.resolve(name).toString());
        return all;
    }

    Map<String, String> ingest(int port, String bootstrap) {
        Map<String, String> all = common(bootstrap);
        all.put("KAGU_INGEST_PORT", Integer.toString(port));
        return all;
    }

    private Map<String, String> common(String bootstrap) {
        Map<String, String> all = new TreeMap<>();
        all.put("KAGU_KAFKA_BOOTSTRAP", bootstrap);
        all.put("KAGU_TOPIC_PREFIX", topics.prefix());
        all.put("KAGU_TOPIC_PARTITIONS", Integer.toString(topics.partitions()));
        all.put("KAGU_TOPIC_REPLICATION", Integer.toString(topics.replication()));
        all.put("KAGU_TOPIC_RETENTION_HOURS", Integer.toString(topics.retentionHours()));
        all.put("KAGU_MAX_BODY_BYTES", Integer.toString(topics.maxBodyBytes()));
        all.put("KAGU_MAX_RESPONSE_BYTES", Integer.toString(topics.maxResponseBytes()));
        return all;
    }
}
