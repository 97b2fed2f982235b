package io.kagu.local.gpu;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes up answers: everything but their id and time follows from the request and the seed. */
final class Engine {

    private final SimulatedGpuConfig config;
    private final AtomicLong ids = new AtomicLong();

    Engine(SimulatedGpuConfig config) {
        this.config = config;
    }

    Answer generate(InferenceRequest request) {
        var id = request.route().idPrefix() + config.name() + "-" + ids.incrementAndGet();
        return new Answer(id, Instant.now().getEpochSecond(), request, choices(request));
    }

    /** What seeds the jitter of this call. */
    long seedOf(InferenceRequest request) {
        return config.seed() ^ request.fingerprint();
    }

    private List<Answer.Choice> choices(InferenceRequest request) {
        var choices = new ArrayList<Answer.Choice>();
        for (var prompt : request.prompts()) {
            for (int i = 0; i < request.options().choices(); i++) {
                long seed = (config.seed() ^ prompt.fingerprint()) + 31L * i;
                choices.add(choice(choices.size(), seed, request));
            }
        }
        return choices;
    }

    private Answer.Choice choice(int index, long seed, InferenceRequest request) {
        if (request.route() == Route.EMBEDDINGS) {
            return new Answer.Choice(index, List.of(), false);
        }
        int wanted = length(seed);
        int length = Math.min(wanted, request.options().maxTokens().orElse(wanted));
        return new Answer.Choice(index, SentenceWriter.write(seed, length), length < wanted);
    }

    /** Half to one and a half times the typical length. */
    private int length(long seed) {
        int typical = config.typicalOutputTokens();
        return Math.max(1, typical / 2 + new SplittableRandom(seed).nextInt(typical + 1));
    }
}
