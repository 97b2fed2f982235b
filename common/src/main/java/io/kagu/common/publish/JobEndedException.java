package io.kagu.common.publish;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

/** A job ended without a response: it is DEAD, CANCELLED or EXPIRED. */
public final class JobEndedException extends RuntimeException {

    private final String jobId;
    private final JobStatus state;
    private final String reasonCode;

    JobEndedException(JobView job) {
        this(job, job.reason().orElseGet(() -> new JobView.Reason("unknown", "no reason given")));
    }

    private JobEndedException(JobView job, JobView.Reason reason) {
        super("job %s is %s: %s".formatted(job.id(), job.state(), reason.message()));
        this.jobId = job.id();
        this.state = job.state();
        this.reasonCode = reason.code();
    }

    public String jobId() {
        return jobId;
    }

    /** How it ended. */
    public JobStatus state() {
        return state;
    }

    /** Why, stable and machine-readable. */
    public String reasonCode() {
        return reasonCode;
    }
}
