package io.kagu.ingest.core.tinker;

import io.kagu.common.gpu.Registry;
import io.kagu.ingest.core.Refusal;

import java.util.List;
import java.util.Optional;

/** How a Tinker client names the model it wants. */
public sealed interface AskedModel {

    /** By a sampling session that was created for it. */
    record OfSession(SamplingSession session) implements AskedModel {}

    /** By name, or by a path of weights. */
    record Named(String field, String name) implements AskedModel {}

    /** Not at all. */
    record Unnamed() implements AskedModel {}

    /** What paths of weights begin with. */
    String SCHEME = "tinker://";

    /** What came of looking a model up. */
    sealed interface Choice {

        /** The name or alias under which it is served. */
        record Served(String model) implements Choice {}

        /** It is not served, or nothing was named. */
        record Refused(Refusal refusal) implements Choice {}
    }

    /** Looks the model up; a path of weights is a model's name with or without its scheme. */
    default Choice in(Registry registry) {
        return switch (this) {
            case OfSession(var session) -> served("sampling_session_id", session.model(), registry);
            case Named(String field, String name) -> served(field, name, registry);
            case Unnamed() ->
                    new Choice.Refused(
                            new Refusal.InvalidField(
                                    "base_model",
                                    "given, or model_path, or sampling_session_id in a sample"));
        };
    }

    private static Choice served(String field, String name, Registry registry) {
        Optional<String> withoutScheme =
                name.startsWith(SCHEME)
                        ? Optional.of(name.substring(SCHEME.length()))
                        : Optional.empty();
        return Optional.of(name)
                .filter(known -> registry.poolOf(known).isPresent())
                .or(() -> withoutScheme.filter(known -> registry.poolOf(known).isPresent()))
                .<Choice>map(Choice.Served::new)
                .orElseGet(() ->
                        new Choice.Refused(
                                new Refusal.UnknownModel(
                                        field, name, List.copyOf(registry.models()))));
    }
}
