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
 * @param downAt when its card counts as down; what it leaves out is the installation's rule
 * @param preferred models that go here first
 * @param draining whether it gets no new call; those that run may end
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
        DownAt downAt,
        PreferredModels preferred,
        boolean draining,
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
        Objects.requireNonNull(downAt, "down_at");
        Objects.requireNonNull(preferred, "preferred");
        models = List.copyOf(models);
    }

    /** A GPU that takes calls, is preferred for nothing and is down by the installation's rule. */
    public GpuSpec(
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
        this(
                name,
                endpoint,
                sidecar,
                pool,
                type,
                models,
                slots,
                vramMb,
                order,
                callTimeoutSeconds,
                limits,
                DownAt.INSTALLATION,
                PreferredModels.NONE,
                false,
                credentialEnv);
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
            @JsonProperty("down_at") @Nullable DownAt downAt,
            @JsonProperty("preferred") @Nullable PreferredModels preferred,
            @JsonProperty("draining") @Nullable Boolean draining,
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
                orElse(downAt, DownAt.INSTALLATION),
                orElse(preferred, PreferredModels.NONE),
                orElse(draining, false),
                Optional.ofNullable(credentialEnv));
    }

    /** The same GPU at another address, as when a simulated one took a free port. */
    public GpuSpec at(URI newEndpoint, Sidecar newSidecar) {
        return with(newEndpoint, newSidecar, preferred, draining);
    }

    /** The same GPU, taking calls or not. */
    public GpuSpec draining(boolean drains) {
        return with(endpoint, sidecar, preferred, drains);
    }

    /** The same GPU, preferred for other models. */
    public GpuSpec preferredFor(PreferredModels models) {
        return with(endpoint, sidecar, models, draining);
    }

    private GpuSpec with(
            URI newEndpoint, Sidecar newSidecar, PreferredModels newPreferred, boolean drains) {
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
                downAt,
                newPreferred,
                drains,
                credentialEnv);
    }

    private static <T> T orElse(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
