package io.kagu.dispatcher.pool;

import org.apache.kafka.common.Uuid;

import java.util.Map;

/** What the brokers tell apart topics of one name by: one that was made anew has another id. */
@FunctionalInterface
public interface TopicIds {

    /**
     * The ids of the job topics, by name, as they are now. Asked at a takeover.
     *
     * @throws io.kagu.common.topic.TopicException if the brokers do not tell
     */
    Map<String, Uuid> current();
}
