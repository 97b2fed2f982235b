package io.kagu.ingest.desk;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.ingest.core.Admission;
import io.kagu.ingest.core.Admission.Decision;
import io.kagu.ingest.core.Answer.Place;
import io.kagu.ingest.core.Backlog;
import io.kagu.ingest.core.Refusal;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One gate per pool: deciding on a job and counting it are one step, so that no two requests take
 * the same last place. Safe for many threads.
 */
public final class PoolGates {

    private final Admission admission;
    private final InstantSource clock;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    public PoolGates(Admission admission, InstantSource clock) {
        this.admission = admission;
        this.clock = clock;
    }

    /** What a gate says to a job. */
    public sealed interface Entry {

        /** The job is counted; whoever stores it ends the pass. */
        record Granted(Pass pass) implements Entry {}

        /** The job may not come in now. */
        record Turned(Refusal refusal) implements Entry {}
    }

    /**
     * A job's claim on a place; ended by exactly one of its two actions.
     *
     * @param warned whether the pool fills up
     * @param place where the job stood when it came
     * @param stored to be run when the job is in Kafka
     * @param dropped to be run when it did not get there
     */
    public record Pass(boolean warned, Place place, Runnable stored, Runnable dropped) {}

    /** Asks for a place in a pool. */
    public Entry enter(String pool, Priority priority) {
        return gate(pool).enter(priority);
    }

    /** The owner of a pool said how things stand. */
    public void update(QueueStatus status) {
        gate(status.pool()).change(backlog -> backlog.update(status, clock.instant()));
    }

    /** A pool has no owner's word any more. */
    public void forget(String pool) {
        gate(pool).change(Backlog::forgetStatus);
    }

    private Gate gate(String pool) {
        return gates.computeIfAbsent(pool, name -> new Gate());
    }

    private final class Gate {
        private final Backlog backlog = new Backlog();

        synchronized Entry enter(Priority priority) {
            return switch (admission.decide(backlog.waiting(), priority)) {
                case Decision.Admitted() -> granted(priority, false);
                case Decision.AdmittedWithWarning() -> granted(priority, true);
                case Decision.Shed(int waiting, int limit, int excess) ->
                        new Entry.Turned(
                                new Refusal.Overloaded(
                                        priority, waiting, limit, backlog.timeFor(excess)));
                case Decision.Full(int waiting, int capacity, int excess) ->
                        new Entry.Turned(
                                new Refusal.QueueFull(waiting, capacity, backlog.timeFor(excess)));
            };
        }

        synchronized void change(Consumer<Backlog> change) {
            change.accept(backlog);
        }

        private Entry granted(Priority priority, boolean warned) {
            var position = backlog.position(priority);
            backlog.reserve(priority);
            Place place = new Place(position, backlog.depth(), position.flatMap(backlog::timeFor));
            return new Entry.Granted(
                    new Pass(
                            warned,
                            place,
                            () -> change(b -> b.stored(priority, clock.instant())),
                            () -> change(b -> b.release(priority))));
        }
    }
}
