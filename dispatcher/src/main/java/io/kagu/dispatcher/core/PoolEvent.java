package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a pool decided. The heap changes by {@link Pool#apply} of these and by nothing else. */
public sealed interface PoolEvent {

    /**
     * A job moved to another state.
     *
     * @param from the row before; empty for a job just taken in
     */
    record Moved(JobEvent.Type type, Optional<JobRow> from, JobRow to) implements PoolEvent {

        /** Whether the job was just taken in, or has another run. */
        public boolean startsRun() {
            return from.isEmpty() || from.get().run() != to.run();
        }

        /** The move of a job from one row to the next. */
        static Moved of(JobRow from, JobRow to) {
            return new Moved(JobViews.typeOf(to.state()), Optional.of(from), to);
        }
    }

    /**
     * A job did not move, but the effects of its state may be missing and are to be repeated.
     *
     * @param resultOf the attempt whose response just came again; 0 if none did
     */
    record Repeated(JobRow row, int resultOf) implements PoolEvent {}

    /** A known id came with another body; the first one stands. */
    record Conflicted(JobRow row) implements PoolEvent {}

    /**
     * A job's dead letter is taken back.
     *
     * @param row as it stands then; empty if it does not change
     */
    record LetterWithdrawn(String jobId, Optional<JobRow> row, long now) implements PoolEvent {}

    /**
     * What is said of a job that is not dead, or in another run: what its state is, and that it has
     * no letter. A crash may have kept the letter of a death and nothing else of it. The letter of
     * a job that went to another pool is that pool's.
     */
    static List<PoolEvent> withoutLetter(JobRow row, long now) {
        boolean elsewhere = row.state() instanceof JobState.Forwarded;
        return elsewhere || row.state() instanceof JobState.Dead
                ? List.of(new Repeated(row, 0))
                : List.of(
                        new Repeated(row, 0), new LetterWithdrawn(row.id(), Optional.empty(), now));
    }

    /**
     * A response came again before its job did, which was told to have ended with it.
     *
     * @param outcome of the call that it is the response to
     */
    record ResultRepeated(AttemptOutcome outcome, long now) implements PoolEvent {}

    /** A running call is to be aborted; repeated until its outcome is there. */
    record AbortAsked(Lease lease, long now) implements PoolEvent {}

    /** A cancel came for a job that went to another pool, and is to follow it. */
    record CancelForwarded(String jobId, OptionalInt run, String toPool, long now)
            implements PoolEvent {}

    /** An end came before its job and is to be applied on arrival. */
    record EndRemembered(String jobId, EarlyEnd end) implements PoolEvent {}

    /**
     * A lease looks lost; judged once all outcomes written before now have been read.
     *
     * @param barrier number of the barrier that proves it
     */
    record Suspected(Lease lease, long barrier) implements PoolEvent {}

    /** A suspicion proved wrong. */
    record Cleared(Lease lease) implements PoolEvent {}

    /** A GPU's breaker stands as another owner left it. */
    record BreakerRestored(BreakerState state) implements PoolEvent {}

    /** A GPU was called under another owner; told in the order of the times. */
    record CallRemembered(CallBegun call) implements PoolEvent {}

    /** Some jobs wait until this ends. */
    record Paused(Pause pause) implements PoolEvent {}

    /** A pause ended. */
    record Resumed(PauseScope scope) implements PoolEvent {}

    /** Sidecars said this. */
    record SidecarsRead(List<SidecarReading> readings) implements PoolEvent {

        public SidecarsRead {
            readings = List.copyOf(readings);
        }
    }

    /**
     * The pool's GPUs are others now.
     *
     * @param homes the pool of every model and alias
     */
    record GpusChanged(List<GpuSpec> gpus, Map<String, String> homes, long now)
            implements PoolEvent {

        public GpusChanged {
            gpus = List.copyOf(gpus);
        }
    }
}
