package io.kagu.common.job;

/** The states of a job's life that readers see. */
public enum JobStatus {
    /** Waits for a slot; moved on by the pool's owner when one is free. */
    QUEUED,
    /** An attempt is on a GPU; moved on by its outcome or its lease deadline. */
    RUNNING,
    /** Waits for its due time after a failed attempt; moved back to QUEUED by the owner. */
    RETRYING,
    /** Ended with a response. */
    COMPLETED,
    /** Ended without one; its body is in the dead-letter topic and can be requeued. */
    DEAD,
    /** Withdrawn by a cancel command. */
    CANCELLED,
    /** Its deadline passed before a GPU could take it. */
    EXPIRED;

    /** Whether nothing moves the job on by itself any more. */
    public boolean terminal() {
        return switch (this) {
            case QUEUED, RUNNING, RETRYING -> false;
            case COMPLETED, DEAD, CANCELLED, EXPIRED -> true;
        };
    }
}
