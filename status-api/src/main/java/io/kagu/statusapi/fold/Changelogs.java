package io.kagu.statusapi.fold;

import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import io.kagu.common.topic.TopicConfig;

import java.util.Map;

/** How the stores' changelog topics are set up. */
final class Changelogs {

    private Changelogs() {}

    static Map<String, String> settings(TopicConfig topics, int maxRecordBytes) {
        return Map.of(
                MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxRecordBytes + TopicConfig.RECORD_OVERHEAD_BYTES),
                MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(topics.minInSyncReplicas()));
    }
}
