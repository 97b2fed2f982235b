package io.kagu.statusapi.web;

import io.kagu.common.http.Problem;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;

import java.util.Locale;

/** The errors that questions about jobs are answered with. */
public final class JobProblems {

    private static final int RETRY_AFTER_SECONDS = 1;

    private JobProblems() {}

    static Problem notFound(String jobId) {
        return Problem.of(404, "job_not_found", "Job not found", "There is no such job")
                .with("job_id", jobId);
    }

    /** It cannot be said yet. */
    public static Problem restoring() {
        return Problem.of(
                        503,
                        "restoring",
                        "Not known yet",
                        "The state of jobs is being read or moved; ask again")
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    /** The replica that could say does not answer. */
    public static Problem unreachable() {
        return Problem.of(
                        503,
                        "replica_unreachable",
                        "Not known here",
                        "The replica that has this job does not answer; ask again")
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    static Problem busy() {
        return Problem.of(
                        503,
                        "too_many_streams",
                        "Too many streams",
                        "As many streams are open as may be (KAGU_STATUS_MAX_WAITERS)")
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    /** There will be no response: the code names the state, the reason says why. */
    static Problem ended(JobView job) {
        String state = job.state().name().toLowerCase(Locale.ROOT);
        Reason reason = job.reason().orElseGet(() -> new Reason(state, "No reason was given"));
        return Problem.of(409, endedCode(job.state()), "The job is " + state, reason.message())
                .with("job_id", job.id())
                .with("state", job.state())
                .with("reason", reason);
    }

    private static String endedCode(JobStatus state) {
        return switch (state) {
            case DEAD -> "job_dead";
            case CANCELLED -> "job_cancelled";
            case EXPIRED -> "job_expired";
            case QUEUED, RUNNING, RETRYING, COMPLETED ->
                    throw new IllegalArgumentException(state + " jobs have or get a response");
        };
    }
}
