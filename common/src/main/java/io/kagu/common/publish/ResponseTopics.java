package io.kagu.common.publish;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.Topics;

import java.util.concurrent.CompletableFuture;

/** The followers of results and events that feed the pending jobs. */
final class ResponseTopics implements AutoCloseable {

    private final TopicFollower results;
    private final TopicFollower events;

    private ResponseTopics(TopicFollower results, TopicFollower events) {
        this.results = results;
        this.events = events;
    }

    /** Follows both topics from their ends on; stops the pending jobs when a follower dies. */
    static ResponseTopics follow(KafkaClients clients, Topics topics, PendingJobs pending) {
        ResponseReader reader = new ResponseReader(pending);
        return new ResponseTopics(
                follow(clients, topics.results(), reader::result, pending),
                follow(clients, topics.events(), reader::event, pending));
    }

    private static TopicFollower follow(
            KafkaClients clients,
            String topic,
            TopicFollower.Handler handler,
            PendingJobs pending) {
        TopicFollower follower =
                TopicFollower.start(clients, topic, TopicFollower.From.END, handler);
        follower.ended()
                .exceptionally(death -> {
                    pending.stop(
                            new PublishException(
                                    "reading " + topic + " failed: start a new publisher", death));
                    return null;
                });
        return follower;
    }

    CompletableFuture<Void> caughtUp() {
        return CompletableFuture.allOf(results.caughtUp(), events.caughtUp());
    }

    @Override
    public void close() {
        results.close();
        events.close();
    }
}
