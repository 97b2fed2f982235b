package io.kagu.common.gpu;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model as one GPU serves it.
 *
 * @param name what jobs ask for
 * @param aliases other names for the same model, such as {@code standard}
 * @param upstream the server's own name for it, where it differs
 * @param fallbacks models that may do its work while no GPU of its own can, best first
 */
public record ServedModel(
        String name, List<String> aliases, Optional<String> upstream, List<String> fallbacks) {

    public ServedModel {
        Objects.requireNonNull(name, "name");
        aliases = List.copyOf(aliases);
        fallbacks = List.copyOf(fallbacks);
    }

    /** A model that no other stands in for. */
    public ServedModel(String name, List<String> aliases, Optional<String> upstream) {
        this(name, aliases, upstream, List.of());
    }

    /** A model with one name everywhere. */
    @JsonCreator
    public static ServedModel of(String name) {
        return new ServedModel(name, List.of(), Optional.empty());
    }

    @JsonCreator
    static ServedModel of(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty("aliases") @Nullable List<String> aliases,
            @JsonProperty("upstream") @Nullable String upstream,
            @JsonProperty("fallbacks") @Nullable List<String> fallbacks) {
        return new ServedModel(
                name,
                aliases == null ? List.of() : aliases,
                Optional.ofNullable(upstream),
                fallbacks == null ? List.of() : fallbacks);
    }
}
