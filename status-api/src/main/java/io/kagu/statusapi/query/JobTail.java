package io.kagu.statusapi.query;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;
import io.kagu.statusapi.core.JobSummary;
import io.kagu.statusapi.core.ViewFold;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The changes of all jobs, whichever replica folds them. Reads the topic of events only while
 * somebody wants to know, and keeps the last view of each job since it was asked last.
 */
public final class JobTail implements AutoCloseable {

    /** Jobs that are kept between two questions. */
    static final int MAX_JOBS = 500;

    private final KafkaClients clients;
    private final String topic;
    private final Map<String, ViewRow> changed = new LinkedHashMap<>();
    private Optional<TopicFollower> follower = Optional.empty();
    private long skipped;

    /**
     * @param topic of the events
     */
    public JobTail(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /**
     * Jobs that changed.
     *
     * @param skipped events of other jobs, which there was no room for
     */
    public record Changes(List<JobSummary> jobs, long skipped) {

        public Changes {
            jobs = List.copyOf(jobs);
        }

        /** Whether there is nothing to tell. */
        @JsonIgnore
        public boolean isEmpty() {
            return jobs.isEmpty() && skipped == 0;
        }
    }

    /** Begins to read, if it does not; completes once every event from now on is read. */
    public synchronized CompletableFuture<Void> start() {
        if (follower.isEmpty()) {
            follower =
                    Optional.of(
                            TopicFollower.start(
                                    clients, topic, TopicFollower.From.END, this::apply));
        }
        return follower.get().caughtUp();
    }

    /** Ceases to read. */
    public void stop() {
        Optional<TopicFollower> stopped;
        synchronized (this) {
            stopped = follower;
            follower = Optional.empty();
            changed.clear();
            skipped = 0;
        }
        // Outside the lock: its thread may be waiting for it.
        stopped.ifPresent(TopicFollower::close);
    }

    private synchronized void apply(ConsumerRecord<String, byte[]> event) {
        if (event.key() == null || event.value() == null) {
            return;
        }
        Optional<ViewRow> known = Optional.ofNullable(changed.get(event.key()));
        if (ViewFold.decide(known, event.key(), event.value(), event.timestamp())
                instanceof ViewFold.Step.Store(var row, _)) {
            if (known.isPresent() || changed.size() < MAX_JOBS) {
                changed.put(event.key(), row);
            } else {
                skipped++;
            }
        }
    }

    /** What changed since this was asked last. */
    public Changes take() {
        List<ViewRow> rows;
        long others;
        synchronized (this) {
            rows = List.copyOf(changed.values());
            others = skipped;
            changed.clear();
            skipped = 0;
        }
        return new Changes(rows.stream().map(JobSummary::of).toList(), others);
    }

    @Override
    public void close() {
        stop();
    }
}
