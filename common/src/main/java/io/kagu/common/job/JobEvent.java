package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A lifecycle event: what happened, and the job's view after it.
 *
 * @param schema version of this shape, see {@link #SCHEMA}
 */
public record JobEvent(int schema, Type type, Instant time, JobView job) {

    /** The version this code writes. */
    public static final int SCHEMA = 1;

    public JobEvent {
        requireNonNull(type, "type");
        requireNonNull(time, "time");
        requireNonNull(job, "job");
    }

    /** An event of the current schema. */
    public static JobEvent of(Type type, JobView job) {
        return new JobEvent(SCHEMA, type, job.updatedAt(), job);
    }

    /** What happened. */
    public enum Type {
        /** Ingest or a publisher stored the job. */
        JOB_ACCEPTED,
        /** The owner took the job in, or queued it again after a retry. */
        JOB_QUEUED,
        /** An attempt began. */
        JOB_STARTED,
        /** An attempt ended and another will follow. */
        JOB_RETRYING,
        /** A cancel reached a running job. */
        JOB_CANCEL_REQUESTED,
        /** Terminal: a response is in the results. */
        JOB_COMPLETED,
        /** Terminal: in the dead-letter topic. */
        JOB_DEAD,
        /** Terminal: withdrawn. */
        JOB_CANCELLED,
        /** Terminal: the deadline passed. */
        JOB_EXPIRED,
        /** A known id came with another body; the first one stands. */
        SUBMISSION_CONFLICT;

        /** Whether it tells of a job's end. */
        public boolean terminal() {
            return switch (this) {
                case JOB_COMPLETED, JOB_DEAD, JOB_CANCELLED, JOB_EXPIRED -> true;
                case JOB_ACCEPTED,
                        JOB_QUEUED,
                        JOB_STARTED,
                        JOB_RETRYING,
                        JOB_CANCEL_REQUESTED,
                        SUBMISSION_CONFLICT ->
                        false;
            };
        }
    }
}
