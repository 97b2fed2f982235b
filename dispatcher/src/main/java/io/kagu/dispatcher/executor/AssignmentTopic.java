package io.kagu.dispatcher.executor;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Assignments from their topic: an executor reads one partition and takes what is its own. */
final class AssignmentTopic implements AssignmentSource {

    private static final Logger LOG = LoggerFactory.getLogger(AssignmentTopic.class);

    private final KafkaClients clients;
    private final String topic;
    private final KnownGpus gpus;

    AssignmentTopic(KafkaClients clients, String topic, KnownGpus gpus) {
        this.clients = clients;
        this.topic = topic;
        this.gpus = gpus;
    }

    @Override
    public Subscription follow(String executor, Consumer<Call> handler) {
        int partition = AssignmentRecords.partitionOf(executor, clients.topics().partitions());
        TopicFollower follower =
                TopicFollower.startAtEnd(
                        clients, topic, partition, row -> handOver(row, executor, handler));
        return new Following(follower, gpus);
    }

    /**
     * What cannot be read is passed over: its owner will miss the call from the heartbeats and try
     * again.
     */
    private void handOver(
            ConsumerRecord<String, byte[]> row, String executor, Consumer<Call> handler) {
        if (!executor.equals(row.key())) {
            return;
        }
        try {
            handler.accept(AssignmentRecords.read(row, gpus::gpu));
        } catch (BadRecordException e) {
            LOG.atWarn()
                    .addKeyValue("topic", row.topic())
                    .addKeyValue("partition", row.partition())
                    .addKeyValue("offset", row.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("assignment passed over");
        }
    }

    private record Following(TopicFollower follower, KnownGpus gpus) implements Subscription {

        /** A call for a GPU that is not known yet would be passed over. */
        @Override
        public boolean listening() {
            CompletableFuture<Void> caughtUp = follower.caughtUp();
            return gpus.complete()
                    && caughtUp.isDone()
                    && !caughtUp.isCompletedExceptionally()
                    && !follower.ended().isDone();
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
