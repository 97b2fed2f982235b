package io.kagu.statusapi;

import io.kagu.common.codec.Json;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Choice;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.JobView.Reason;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The views one job goes through, as a dispatcher would emit them. */
public final class JobStory {

    public static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
    public static final String POOL = "main";
    public static final String GPU = "gpu-a";
    public static final long SEQUENCE = 7;

    private static final Choice CHOICE =
            new Choice(
                    "lowest_load",
                    Optional.empty(),
                    0.75,
                    List.of(),
                    new TreeMap<>(Map.of("full", 2)));

    private final JobView accepted;

    public JobStory(String jobId) {
        this(jobId, Priority.NORMAL);
    }

    public JobStory(String jobId, Priority priority) {
        accepted = JobView.accepted(Job.of(jobId, "qwen-27b", priority, T0), POOL);
    }

    /** A job for a model, submitted at some time. */
    public JobStory(String jobId, String model, Instant submittedAt) {
        accepted = JobView.accepted(Job.of(jobId, model, Priority.NORMAL, submittedAt), POOL);
    }

    public String id() {
        return accepted.id();
    }

    public JobView accepted() {
        return accepted;
    }

    public JobView queued() {
        return queued(SEQUENCE);
    }

    public JobView queued(long sequence) {
        return view(JobStatus.QUEUED, 1, OptionalLong.of(sequence), Optional.empty());
    }

    /** The second life; its version is lower than that of the first one's end. */
    public JobView requeued() {
        return view(2, JobStatus.QUEUED, 1, OptionalLong.of(SEQUENCE), Optional.empty());
    }

    /** A view of a later life. */
    public JobView ofRun(int run, JobStatus state) {
        Optional<Reason> why =
                state.terminal() && state != JobStatus.COMPLETED
                        ? Optional.of(new Reason("some_code", "because of it"))
                        : Optional.empty();
        return view(run, state, 4, OptionalLong.of(SEQUENCE), why);
    }

    public JobView running() {
        return view(JobStatus.RUNNING, 2, OptionalLong.of(SEQUENCE), Optional.empty());
    }

    public JobView retrying() {
        return view(
                JobStatus.RETRYING,
                3,
                OptionalLong.of(SEQUENCE),
                Optional.of(new Reason("fault", "connection refused")));
    }

    public JobView completed() {
        return view(JobStatus.COMPLETED, 4, OptionalLong.of(SEQUENCE), Optional.empty());
    }

    public JobView ended(JobStatus state, String code) {
        return view(
                state,
                4,
                OptionalLong.of(SEQUENCE),
                Optional.of(new Reason(code, "because of " + code)));
    }

    /** The event that carries a view; its type does not matter to readers. */
    public static byte[] event(JobView view) {
        return Json.write(JobEvent.of(JobEvent.Type.JOB_QUEUED, view));
    }

    private JobView view(
            JobStatus state, long version, OptionalLong sequence, Optional<Reason> reason) {
        return view(1, state, version, sequence, reason);
    }

    private JobView view(
            int run,
            JobStatus state,
            long version,
            OptionalLong sequence,
            Optional<Reason> reason) {
        boolean started = version > 1;
        return new JobView(
                accepted.id(),
                POOL,
                accepted.model(),
                accepted.priority(),
                accepted.tenant(),
                state,
                version,
                run,
                sequence,
                accepted.submittedAt(),
                Optional.of(T0),
                started ? Optional.of(T0.plusSeconds(1)) : Optional.empty(),
                state.terminal() ? Optional.of(T0.plusSeconds(2)) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                T0.plusSeconds(version),
                started ? 1 : 0,
                started ? List.of(attempt()) : List.of(),
                started ? Optional.of(GPU) : Optional.empty(),
                reason,
                false,
                state == JobStatus.COMPLETED ? OptionalInt.of(200) : OptionalInt.empty());
    }

    private static AttemptView attempt() {
        return new AttemptView(
                1,
                GPU,
                "executor-1",
                T0.plusSeconds(1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CHOICE),
                OptionalLong.empty());
    }
}
