package io.kagu.dispatcher.executor;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.core.Lease;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds calls for tests: a small chat request to one GPU, changed where a test says so. */
final class CallBuilder {

    static final String BODY = "{\"model\":\"small\",\"messages\":[],\"temperature\":0.10}";

    private final URI endpoint;
    private String id = "job-1";
    private int attempt = 1;
    private String model = "small";
    private String path = Job.DEFAULT_PATH;
    private String contentType = Job.DEFAULT_CONTENT_TYPE;
    private String body = BODY;
    private ServedModel served = ServedModel.of("small");
    private int timeoutSeconds = 30;
    private String executor = "executor-1";
    private long startBefore;
    private Optional<String> credentialEnv = Optional.empty();

    private CallBuilder(URI endpoint) {
        this.endpoint = endpoint;
    }

    static CallBuilder to(URI endpoint) {
        return new CallBuilder(endpoint);
    }

    static CallBuilder to(ScriptedGpu gpu) {
        return new CallBuilder(gpu.endpoint());
    }

    CallBuilder id(String value) {
        id = value;
        return this;
    }

    CallBuilder attempt(int value) {
        attempt = value;
        return this;
    }

    CallBuilder asking(String value) {
        model = value;
        return this;
    }

    CallBuilder contentType(String value) {
        contentType = value;
        return this;
    }

    CallBuilder body(String value) {
        body = value;
        return this;
    }

    CallBuilder serving(ServedModel value) {
        served = value;
        return this;
    }

    CallBuilder timeoutSeconds(int value) {
        timeoutSeconds = value;
        return this;
    }

    CallBuilder credentialEnv(String value) {
        credentialEnv = Optional.of(value);
        return this;
    }

    /** Spilled to another replica, which begins it before this time or never. */
    CallBuilder spilledTo(String value, long before) {
        executor = value;
        startBefore = before;
        return this;
    }

    Call build() {
        Lease lease = new Lease(id, attempt, gpu().name(), executor, 1_000, 90_000, startBefore);
        return new Call(job(), "pool-1", lease, gpu(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Job job() {
        return new Job(
                id,
                model,
                Priority.NORMAL,
                Job.DEFAULT_TENANT,
                path,
                contentType,
                Instant.EPOCH,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private GpuSpec gpu() {
        return new GpuSpec(
                "gpu-1",
                endpoint,
                Sidecar.NONE,
                "pool-1",
                "test",
                List.of(served),
                4,
                0,
                0,
                timeoutSeconds,
                GpuLimits.NONE,
                credentialEnv);
    }
}
