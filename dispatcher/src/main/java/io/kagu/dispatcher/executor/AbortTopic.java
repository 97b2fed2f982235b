package io.kagu.dispatcher.executor;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/** Aborts from their topic, from its end on: older ones are of calls that ended long ago. */
final class AbortTopic implements AbortSource {

    private static final Logger LOG = LoggerFactory.getLogger(AbortTopic.class);

    private final KafkaClients clients;
    private final String topic;

    AbortTopic(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    @Override
    public Subscription follow(Consumer<AbortCommand> handler) {
        TopicFollower follower =
                TopicFollower.start(
                        clients, topic, TopicFollower.From.END, row -> handOver(row, handler));
        return follower::close;
    }

    /** A record that cannot be read is passed over: a throw would end the follower. */
    private static void handOver(
            ConsumerRecord<String, byte[]> row, Consumer<AbortCommand> handler) {
        if (row.value() == null) {
            return;
        }
        try {
            handler.accept(AbortCommand.read(row.value()));
        } catch (BadJsonException e) {
            LOG.atWarn()
                    .addKeyValue("topic", row.topic())
                    .addKeyValue("offset", row.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("abort passed over");
        }
    }
}
