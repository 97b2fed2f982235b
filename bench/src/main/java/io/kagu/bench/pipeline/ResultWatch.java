package io.kagu.bench.pipeline;

import io.kagu.bench.core.Timeline;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sees each result as a consumer does and notes when; both sides write them to one topic. */
final class ResultWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Timeline timeline;
    private final CountDownLatch missing;
    private final TopicFollower follower;

    private ResultWatch(KafkaClients clients, Topics topics, Timeline timeline) {
        this.timeline = timeline;
        this.missing = new CountDownLatch(timeline.jobs());
        this.follower =
                TopicFollower.start(
                        clients, topics.results(), TopicFollower.From.END, this::result);
    }

    /** Begins to watch; every result written from now on is seen. */
    static ResultWatch begin(KafkaClients clients, Topics topics, Timeline timeline) {
        ResultWatch watch = new ResultWatch(clients, topics, timeline);
        watch.follower.caughtUp().join();
        return watch;
    }

    private void result(ConsumerRecord<String, byte[]> row) {
        long now = WallClock.micros();
        var job = timeline.job(row.key());
        if (job.isPresent() && timeline.completed(job.getAsInt(), now)) {
            missing.countDown();
        }
    }

    /**
     * Waits until every job has its result.
     *
     * @throws IllegalStateException if none arrives for a while although some are missing
     */
    void awaitAll() throws InterruptedException {
        long before = -1;
        while (!missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            long now = missing.getCount();
            if (now == before) {
                throw new IllegalStateException(
                        "%d of %d results of %s are missing"
                                .formatted(now, timeline.jobs(), timeline.tag()));
            }
            before = now;
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
