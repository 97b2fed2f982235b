package io.kagu.local.gpu;

import java.util.List;
import java.util.OptionalInt;

/** A call as the engine understands it. */
record InferenceRequest(Route route, String model, List<Prompt> prompts, Options options) {

    /**
     * What the caller asked for besides the prompt.
     *
     * @param choices answers per prompt, OpenAI's {@code n}
     * @param tokens completions: what is told of tokens beside the text
     * @param dimensions of an embedding
     * @param base64 embeddings as base64 of little-endian floats
     */
    record Options(
            OptionalInt maxTokens,
            int choices,
            boolean stream,
            boolean includeUsage,
            TokenOptions tokens,
            int dimensions,
            boolean base64) {}

    /**
     * What of tokens is told, in the ways of vLLM.
     *
     * @param ids of prompt and answer, vLLM's {@code return_token_ids}
     * @param logprobs of the answer's tokens
     * @param asIds tokens are written {@code token_id:7} instead of as text
     * @param promptLogprobs how many alternatives of each prompt token are told beside it; empty to
     *     tell nothing of the prompt
     */
    record TokenOptions(boolean ids, boolean logprobs, boolean asIds, OptionalInt promptLogprobs) {

        static final TokenOptions NONE = new TokenOptions(false, false, false, OptionalInt.empty());
    }

    int promptTokens() {
        return prompts.stream().mapToInt(Prompt::tokens).sum();
    }

    /** The prompt that a choice answers. */
    Prompt promptOf(int choice) {
        return prompts.get(choice / options.choices());
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
