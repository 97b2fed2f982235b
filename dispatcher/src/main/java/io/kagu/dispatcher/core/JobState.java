package io.kagu.dispatcher.core;

import io.kagu.common.job.JobStatus;

/**
 * Where a job stands. Each state is a record whose methods are its legal transitions; nothing else
 * moves a job. Times are epoch milliseconds by the owner's clock.
 */
public sealed interface JobState {

    /** The state as readers see it. */
    default JobStatus status() {
        return switch (this) {
            case Queued q -> JobStatus.QUEUED;
            case Forwarded f -> JobStatus.QUEUED;
            case Running r -> JobStatus.RUNNING;
            case Retrying r -> JobStatus.RETRYING;
            case Completed c -> JobStatus.COMPLETED;
            case Dead d -> JobStatus.DEAD;
            case Cancelled c -> JobStatus.CANCELLED;
            case Expired e -> JobStatus.EXPIRED;
        };
    }

    /** A state that something will still move on. */
    sealed interface Live extends JobState {

        /** A response arrived for the newest attempt; the first terminal outcome wins. */
        default Completed complete(int status, long now) {
            return new Completed(status, now);
        }

        /** Nothing more will be tried. */
        default Dead die(Reason reason, long now) {
            return new Dead(reason, now);
        }

        /** Withdrawn. */
        default Cancelled cancel(long now) {
            return new Cancelled(now);
        }

        /** Its newest attempt ended without an end of the job; another follows at a due time. */
        default Retrying retry(long dueAt, Reason reason) {
            return new Retrying(dueAt, reason);
        }

        /** Its call was lost, or its due time came: it waits at its original place. */
        default Queued requeue(long now) {
            return new Queued(now);
        }
    }

    /** A state that nothing leaves by itself. */
    sealed interface Terminal extends JobState {

        /** When the job ended. */
        long at();
    }

    /** Holds a ticket; an assignment moves it on. */
    record Queued(long since) implements Live {

        /** A slot was granted. */
        public Running start(Lease lease) {
            return new Running(lease, false);
        }

        /** The deadline passed while it waited. */
        public Expired expire(long now) {
            return new Expired(now);
        }

        /** Its model belongs to another pool now. */
        public Forwarded forward(String toPool, long now) {
            return new Forwarded(toPool, now);
        }
    }

    /** Holds a lease; its outcome, or the lease's end, moves it on. */
    record Running(Lease lease, boolean cancelRequested) implements Live {

        /** The owner was asked to cancel; the call is told to stop. */
        public Running requestCancel() {
            return new Running(lease, true);
        }

        /** A new owner took the job over; the lease's time starts again. */
        public Running restarted(long now) {
            return new Running(lease.restarted(now), cancelRequested);
        }
    }

    /** Waits for its due time; then it is queued at its original place. */
    record Retrying(long dueAt, Reason reason) implements Live {

        /** The deadline passed while it waited. */
        public Expired expire(long now) {
            return new Expired(now);
        }
    }

    /**
     * Went on to another pool: a marker, the job's end for this pool alone.
     *
     * @param at since when; while nothing was sent yet, a cancel still ends it here
     */
    record Forwarded(String toPool, long at) implements JobState {

        /** Withdrawn before it was sent. */
        public Cancelled cancel(long now) {
            return new Cancelled(now);
        }
    }

    /** Ended with a response. */
    record Completed(int responseStatus, long at) implements Terminal {}

    /**
     * Ended without one; a requeue gives the job its next run.
     *
     * @param discarded whether its dead letter was taken back
     */
    record Dead(Reason reason, long at, boolean discarded) implements Terminal {

        Dead(Reason reason, long at) {
            this(reason, at, false);
        }

        /** Its dead letter was taken back for good. */
        public Dead discard() {
            return new Dead(reason, at, true);
        }
    }

    /** Withdrawn. */
    record Cancelled(long at) implements Terminal {}

    /** Its deadline passed before a GPU could take it. */
    record Expired(long at) implements Terminal {}

    /**
     * Why a job is where it is.
     *
     * @param code stable and machine-readable
     * @param message for people
     */
    record Reason(String code, String message) {}
}
