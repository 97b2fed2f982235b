package io.kagu.common.gpu;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a GPU's metrics are and how they are written.
 *
 * @param url empty for {@link Kind#NONE}
 */
public record Sidecar(Kind kind, Optional<URI> url) {

    /** No metrics: the GPU is judged by its leases alone. */
    public static final Sidecar NONE = new Sidecar(Kind.NONE, Optional.empty());

    @JsonCreator
    static Sidecar of(
            @JsonProperty(value = "kind", required = true) Kind kind,
            @JsonProperty("url") Optional<URI> url) {
        return new Sidecar(kind, url);
    }

    /** The format of the metrics. */
    public enum Kind {
        JSON,
        DCGM,
        VLLM,
        LLAMACPP,
        NONE;

        private static final String ALLOWED =
                "sidecar kind must be one of "
                        + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(ALLOWED));
        }
    }
}
