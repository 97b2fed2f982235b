package io.kagu.common.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The whole of a job as readers see it: carried by every lifecycle event, bounded in size.
 *
 * @param version counts the job's transitions from 0 (accepted); readers keep the highest
 * @param run counts lives from 1; a requeue starts a new one
 * @param sequence the ticket's place in the pool's waiting order; empty before the owner took it in
 * @param queuedAt when the owner took the job in
 * @param startedAt start of the last attempt
 * @param finishedAt when the job became terminal
 * @param dueAt when a retrying job is queued again
 * @param updatedAt when this view became true
 * @param attempts the last attempts, oldest first, at most {@value #MAX_ATTEMPTS}
 * @param reason why the job is where it is, for DEAD, CANCELLED, EXPIRED and RETRYING, and for
 *     QUEUED while it is on its way to another pool
 * @param cancelRequested whether a running job was asked to stop
 * @param responseStatus HTTP status of the GPU's response once COMPLETED
 */
public record JobView(
        String id,
        String pool,
        String model,
        Priority priority,
        String tenant,
        JobStatus state,
        long version,
        int run,
        OptionalLong sequence,
        Instant submittedAt,
        Optional<Instant> queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> dueAt,
        Optional<Instant> deadline,
        Instant updatedAt,
        int attemptCount,
        List<AttemptView> attempts,
        Optional<String> gpu,
        Optional<Reason> reason,
        boolean cancelRequested,
        OptionalInt responseStatus) {

    /** Attempts a view lists at most. */
    public static final int MAX_ATTEMPTS = 20;

    public JobView {
        requireNonNull(id, "id");
        requireNonNull(pool, "pool");
        requireNonNull(model, "model");
        requireNonNull(priority, "priority");
        requireNonNull(tenant, "tenant");
        requireNonNull(state, "state");
        requireNonNull(submittedAt, "submittedAt");
        requireNonNull(updatedAt, "updatedAt");
        attempts = List.copyOf(attempts);
    }

    /**
     * Why a job is in its state.
     *
     * @param code stable and machine-readable, such as {@code rejected} or {@code overflow}
     * @param message for people, bounded in length
     */
    public record Reason(String code, String message) {}

    /** The view of a job that was accepted and not yet taken in by its pool's owner. */
    public static JobView accepted(Job job, String pool) {
        return new JobView(
                job.id(),
                pool,
                job.model(),
                job.priority(),
                job.tenant(),
                JobStatus.QUEUED,
                0,
                1,
                OptionalLong.empty(),
                job.submittedAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                job.deadline(),
                job.submittedAt(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                OptionalInt.empty());
    }
}
