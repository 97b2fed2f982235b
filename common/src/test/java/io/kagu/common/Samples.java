package io.kagu.common;

import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.PreferredModels;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Choice;
import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseCommand;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Values with every optional part set, and with none. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Samples() {}

    public static Job fullJob() {
        return new Job(
                "job-1",
                "coder-27b",
                Priority.HIGH,
                "team-a",
                "/v1/completions",
                "application/vnd.api+json",
                NOON,
                Optional.of(NOON.plusSeconds(60)),
                OptionalInt.of(5),
                OptionalLong.of(1200),
                Optional.of(URI.create("http://127.0.0.1:9/done")),
                Optional.of("session-7"));
    }

    public static Job plainJob() {
        return Job.of("job-2", "coder-27b", Priority.LOW, NOON);
    }

    public static JobView plainView() {
        return JobView.accepted(plainJob(), "default");
    }

    public static JobView fullView() {
        return new JobView(
                "job-1",
                "big",
                "coder-27b",
                Priority.HIGH,
                "team-a",
                JobStatus.COMPLETED,
                4,
                2,
                OptionalLong.of(77),
                NOON,
                Optional.of(NOON.plusMillis(1)),
                Optional.of(NOON.plusMillis(2)),
                Optional.of(NOON.plusMillis(1500)),
                Optional.of(NOON.plusMillis(900)),
                Optional.of(NOON.plusSeconds(60)),
                NOON.plusMillis(1500),
                2,
                List.of(firstAttempt(), secondAttempt()),
                Optional.of("gpu-b"),
                Optional.of(new JobView.Reason("fault", "connection refused")),
                true,
                OptionalInt.of(200));
    }

    /** A job whose attempts are used up. */
    public static JobView deadView() {
        JobView full = fullView();
        return new JobView(
                full.id(),
                full.pool(),
                full.model(),
                full.priority(),
                full.tenant(),
                JobStatus.DEAD,
                full.version(),
                full.run(),
                full.sequence(),
                full.submittedAt(),
                full.queuedAt(),
                full.startedAt(),
                full.finishedAt(),
                Optional.empty(),
                full.deadline(),
                full.updatedAt(),
                1,
                List.of(firstAttempt()),
                Optional.of("gpu-a"),
                Optional.of(
                        new JobView.Reason(
                                "attempts_exhausted",
                                "1 attempts failed, the last: connection refused")),
                false,
                OptionalInt.empty());
    }

    private static AttemptView firstAttempt() {
        return new AttemptView(
                1,
                "gpu-a",
                "disp-1",
                NOON.plusMillis(2),
                Optional.of(NOON.plusMillis(3)),
                Optional.of("fault"),
                Optional.of("connection refused"));
    }

    private static AttemptView secondAttempt() {
        return new AttemptView(
                2,
                "gpu-b",
                "disp-1",
                NOON.plusMillis(1000),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Choice(
                                "not_failed_last",
                                Optional.of("tiny-4b"),
                                0.75,
                                List.of(
                                        new Choice.PassedOver(
                                                "gpu-a", "failed_last", OptionalDouble.of(0.5)),
                                        new Choice.PassedOver(
                                                "gpu-c", "full", OptionalDouble.empty())),
                                new TreeMap<>(Map.of("failed_last", 1, "full", 1)))),
                OptionalLong.of(1180));
    }

    /** A view in some terminal state, with a reason unless it completed. */
    public static JobView ended(String id, JobStatus state) {
        return new JobView(
                id,
                "default",
                "coder-27b",
                Priority.NORMAL,
                "default",
                state,
                3,
                1,
                OptionalLong.of(1),
                NOON,
                Optional.of(NOON),
                Optional.of(NOON),
                Optional.of(NOON),
                Optional.empty(),
                Optional.empty(),
                NOON,
                1,
                List.of(),
                Optional.of("gpu-a"),
                state == JobStatus.COMPLETED
                        ? Optional.empty()
                        : Optional.of(new JobView.Reason("rejected", "the GPU answered 400")),
                false,
                OptionalInt.empty());
    }

    public static Heartbeat heartbeat() {
        return new Heartbeat(
                Heartbeat.SCHEMA,
                "disp-1",
                NOON,
                NOON.minusSeconds(30),
                "0.1.0",
                List.of(new Heartbeat.RunningCall("job-1", 2)),
                64,
                1001,
                false,
                40,
                List.of(0, 3));
    }

    public static PauseCommand pauseCommand() {
        return PauseCommand.of(
                PauseCommand.Type.PAUSE,
                new Pause(PauseScope.POOL, Optional.of(NOON), Optional.empty()),
                NOON);
    }

    public static QueueStatus queueStatus() {
        return new QueueStatus(
                        QueueStatus.SCHEMA,
                        "big",
                        "disp-1",
                        NOON,
                        List.of(
                                new QueueStatus.LaneStatus(
                                        Priority.HIGH, 2, OptionalLong.of(76), Optional.of(NOON)),
                                new QueueStatus.LaneStatus(
                                        Priority.LOW, 0, OptionalLong.empty(), Optional.empty())),
                        3,
                        1,
                        4,
                        List.of(
                                new QueueStatus.GpuStatus(
                                        "alpha",
                                        3,
                                        3,
                                        "CLOSED",
                                        Optional.empty(),
                                        Optional.of(NOON),
                                        Optional.of("full"),
                                        Optional.of("fresh")),
                                new QueueStatus.GpuStatus(
                                        "beta", 1, 0, "OPEN", Optional.of(NOON), Optional.empty())),
                        900,
                        1.5,
                        250.25,
                        true,
                        List.of(
                                new Pause(
                                        new PauseScope(
                                                Optional.of(Priority.LOW), Optional.of("tiny-4b")),
                                        Optional.of(NOON),
                                        Optional.of("maintenance"))),
                        Optional.of(new QueueStatus.WaitAccuracy(40, 0.25, 0.925, 1.5)))
                .reachableAt("http://10.0.0.7:8083");
    }

    public static GpuMetrics fullGpuMetrics() {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                "gpu-a",
                NOON,
                GpuMetrics.Health.DOWN,
                Optional.of("video memory is 96.0 % full, above 95 %"),
                OptionalDouble.of(87.5),
                OptionalLong.of(62915),
                OptionalLong.of(65536),
                OptionalDouble.of(71),
                OptionalInt.of(3),
                OptionalInt.of(0),
                OptionalDouble.of(0.25));
    }

    /** A GPU that nothing is known of. */
    public static GpuMetrics plainGpuMetrics() {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                "gpu-p",
                NOON,
                GpuMetrics.Health.OK,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    public static GpuSpec fullGpu() {
        return new GpuSpec(
                "gpu-a",
                URI.create("http://127.0.0.1:8001"),
                new Sidecar(
                        Sidecar.Kind.JSON, Optional.of(URI.create("http://127.0.0.1:8090/health"))),
                "big",
                "64 GB card",
                List.of(
                        new ServedModel(
                                "coder-27b", List.of("coder", "standard"), Optional.of("qwen-27b")),
                        ServedModel.of("tiny-4b")),
                4,
                65536,
                1,
                120,
                GpuLimits.NONE,
                Optional.of("GPU_A_TOKEN"));
    }

    /** A GPU with all that is said of where jobs go. */
    public static GpuSpec routedGpu() {
        return new GpuSpec(
                "gpu-r",
                URI.create("http://127.0.0.1:8001"),
                Sidecar.NONE,
                "default",
                "gpu",
                List.of(
                        new ServedModel("big", List.of(), Optional.empty(), List.of("small")),
                        ServedModel.of("small")),
                8,
                0,
                0,
                300,
                new GpuLimits(
                        OptionalInt.of(60),
                        OptionalInt.of(100),
                        OptionalInt.of(90_000),
                        OptionalInt.of(6)),
                new DownAt(OptionalInt.of(100), OptionalInt.of(99), OptionalInt.of(90)),
                new PreferredModels(List.of("small"), 75),
                true,
                Optional.empty());
    }

    /** A GPU with one model and nothing else said. */
    public static GpuSpec gpu(String name, String pool, String model) {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:8001"),
                Sidecar.NONE,
                pool,
                "gpu",
                List.of(ServedModel.of(model)),
                1,
                0,
                0,
                300,
                GpuLimits.NONE,
                Optional.empty());
    }
}
