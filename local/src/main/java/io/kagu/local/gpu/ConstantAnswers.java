package io.kagu.local.gpu;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The bodies of an instant GPU, made once. */
final class ConstantAnswers {

    private final Map<Route, byte[]> bodies = new EnumMap<>(Route.class);

    ConstantAnswers(SimulatedGpuConfig config) {
        var options =
                new InferenceRequest.Options(
                        OptionalInt.of(4),
                        1,
                        false,
                        false,
                        InferenceRequest.TokenOptions.NONE,
                        4,
                        false);
        var engine = new Engine(config);
        for (var route : Route.values()) {
            var prompts = List.of(Prompt.ofText("constant"));
            var request = new InferenceRequest(route, config.models().getFirst(), prompts, options);
            bodies.put(route, Bodies.bytesOf(AnswerJson.whole(engine.generate(request))));
        }
    }

    byte[] of(Route route) {
        return Optional.ofNullable(bodies.get(route)).orElseThrow();
    }
}
