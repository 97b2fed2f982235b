package io.kagu.ingest.core;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many jobs wait in one pool, as far as this front door can know: the owner's newest status,
 * plus what was accepted here since. Not safe for many threads.
 *
 * <p>Times are this process's own, never the owner's: a status counts for all that was stored here
 * {@link #TRANSIT} before it arrived.
 */
public final class Backlog {

    /** How old the content of a status may be when it arrives; a later acceptance counts on top. */
    static final Duration TRANSIT = Duration.ofMillis(200);

    private final Map<Priority, OwnLane> own = new EnumMap<>(Priority.class);
    private Optional<QueueStatus> status = Optional.empty();

    public Backlog() {
        for (Priority priority : Priority.values()) {
            own.put(priority, new OwnLane());
        }
    }

    /** Jobs of one lane that came through here and that no status counts yet. */
    private static final class OwnLane {
        private final Deque<Instant> storedAt = new ArrayDeque<>();
        private int reserved;

        int size() {
            return reserved + storedAt.size();
        }

        void forgetStoredBefore(Instant time) {
            while (!storedAt.isEmpty() && storedAt.getFirst().isBefore(time)) {
                storedAt.removeFirst();
            }
        }
    }

    /** A job was admitted and is on its way into Kafka. */
    public void reserve(Priority priority) {
        lane(priority).reserved++;
    }

    /** A reserved job is in Kafka. */
    public void stored(Priority priority, Instant now) {
        release(priority);
        lane(priority).storedAt.addLast(now);
    }

    /** A reserved job did not get into Kafka. */
    public void release(Priority priority) {
        lane(priority).reserved--;
    }

    /** The owner said how things stand. */
    public void update(QueueStatus newest, Instant arrivedAt) {
        status = Optional.of(newest);
        own.values().forEach(lane -> lane.forgetStoredBefore(arrivedAt.minus(TRANSIT)));
    }

    /** The pool has no owner's word any more. */
    public void forgetStatus() {
        status = Optional.empty();
    }

    /** Waiting jobs of all lanes. */
    public int waiting() {
        return ahead(Priority.LOW);
    }

    /** Waiting jobs of all lanes; empty without an owner's word, for then others are unknown. */
    public Optional<Integer> depth() {
        return status.map(_ -> waiting());
    }

    /** Where one more job of this priority would stand, from 0; empty without an owner's word. */
    public Optional<Integer> position(Priority priority) {
        return status.map(known -> ahead(priority));
    }

    /** How long it takes until so many waiting jobs are gone; empty while unknown. */
    public Optional<Duration> timeFor(int jobs) {
        return status.flatMap(known -> WaitEstimate.timeFor(jobs, known));
    }

    private int ahead(Priority lowest) {
        int sum = 0;
        for (Priority priority : Priority.values()) {
            if (priority.compareTo(lowest) <= 0) {
                sum += told(priority) + lane(priority).size();
            }
        }
        return sum;
    }

    private int told(Priority priority) {
        return status.stream()
                .flatMap(known -> known.lanes().stream())
                .filter(lane -> lane.priority() == priority)
                .mapToInt(LaneStatus::waiting)
                .sum();
    }

    private OwnLane lane(Priority priority) {
        return Objects.requireNonNull(own.get(priority));
    }
}
