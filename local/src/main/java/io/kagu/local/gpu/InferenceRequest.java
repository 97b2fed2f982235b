package io.kagu.local.gpu;

import java.util.List;
import java.util.OptionalInt;

/** A call as the engine understands it. */
record InferenceRequest(Route route, String model, List<Prompt> prompts, Options options) {

    /**
     * What the caller asked for besides the prompt.
     *
     * @param choices answers per prompt, OpenAI's {@code n}
     * @param wantsTokens completions: token ids and their log probabilities with the text
     * @param dimensions of an embedding
     * @param base64 embeddings as base64 of little-endian floats
     */
    record Options(
            OptionalInt maxTokens,
            int choices,
            boolean stream,
            boolean includeUsage,
            boolean wantsTokens,
            int dimensions,
            boolean base64) {}

    int promptTokens() {
        return prompts.stream().mapToInt(Prompt::tokens).sum();
    }

    /** Equal requests have equal ones. */
    long fingerprint() {
        long mixed = model.hashCode();
        for (var prompt : prompts) {
            mixed = 31 * mixed + prompt.fingerprint();
        }
        return mixed;
    }
}
