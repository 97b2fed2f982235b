package io.kagu.dispatcher.pool;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The topics that the tasks of a replica read, as brokers and group have them. */
public interface SourceTopics {

    /**
     * What the brokers tell apart topics of one name by: one that was made anew has another id.
     * Asked at a takeover.
     *
     * @throws io.kagu.common.topic.TopicException if the brokers do not tell
     */
    Map<String, Uuid> ids();

    /**
     * Has a partition of the asking task read from its first record, whatever offset the group
     * holds.
     *
     * @return completes once a later owner would begin there too; cancel it when the task closes
     */
    CompletableFuture<Void> rewind(TopicPartition partition);
}
