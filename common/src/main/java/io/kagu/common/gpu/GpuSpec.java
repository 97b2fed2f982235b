package io.kagu.common.gpu;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A GPU server as an operator registers it.
 *
 * @param endpoint base URL of its OpenAI-compatible server
 * @param sidecar where its metrics are
 * @param pool the pool it belongs to; a GPU and a model belong to exactly one
 * @param type for people, such as the card's name
 * @param models what it serves
 * @param slots calls it may run at once
 * @param vramMb memory of the card, MiB; 0 where unknown
 * @param order ties between GPUs are broken by this, then by name
 * @param callTimeoutSeconds how long one call may take
 * @param limits how often it may be called
 * @param credentialEnv environment variable with the bearer token for calls; never the token
 */
public record GpuSpec(
        String name,
        URI endpoint,
        Sidecar sidecar,
        String pool,
        String type,
        List<ServedModel> models,
        int slots,
        long vramMb,
        int order,
        int callTimeoutSeconds,
        GpuLimits limits,
        Optional<String> credentialEnv) {

    /** Pool of GPUs that name none. */
    public static final String DEFAULT_POOL = "default";

    private static final int DEFAULT_CALL_TIMEOUT_SECONDS = 300;

    public GpuSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(sidecar, "sidecar");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(limits, "limits");
        models = List.copyOf(models);
    }

    @JsonCreator
    static GpuSpec of(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "endpoint", required = true) URI endpoint,
            @JsonProperty("sidecar") @Nullable Sidecar sidecar,
            @JsonProperty("pool") @Nullable String pool,
            @JsonProperty("type") @Nullable String type,
            @JsonProperty(value = "models", required = true) List<ServedModel> models,
            @JsonProperty("slots") @Nullable Integer slots,
            @JsonProperty("vram_mb") @Nullable Long vramMb,
            @JsonProperty("order") @Nullable Integer order,
            @JsonProperty("call_timeout_seconds") @Nullable Integer callTimeoutSeconds,
            @JsonProperty("limits") @Nullable GpuLimits limits,
            @JsonProperty("credential_env") @Nullable String credentialEnv) {
        return new GpuSpec(
                name,
                endpoint,
                orElse(sidecar, Sidecar.NONE),
                orElse(pool, DEFAULT_POOL),
                orElse(type, "gpu"),
                models,
                orElse(slots, 1),
                orElse(vramMb, 0L),
                orElse(order, 0),
                orElse(callTimeoutSeconds, DEFAULT_CALL_TIMEOUT_SECONDS),
                orElse(limits, GpuLimits.NONE),
                Optional.ofNullable(credentialEnv));
    }

    /** The same GPU at another address, as when a simulated one took a free port. */
    public GpuSpec at(URI newEndpoint, Sidecar newSidecar) {
        return new GpuSpec(
                name,
                newEndpoint,
                newSidecar,
                pool,
                type,
                models,
                slots,
                vramMb,
                order,
                callTimeoutSeconds,
                limits,
                credentialEnv);
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
