package io.kagu.local.gpu;

import java.util.List;

/**
 * What the engine generated for one call.
 *
 * @param choices in order, {@code n} for each prompt; for embeddings one without tokens per prompt
 */
record Answer(String id, long createdEpochSeconds, InferenceRequest request, List<Choice> choices) {

    /** One generated text as its tokens. */
    record Choice(int index, List<String> tokens, boolean cutShort) {

        String text() {
            return String.join("", tokens);
        }

        String finishReason() {
            return cutShort ? "length" : "stop";
        }
    }

    int completionTokens() {
        return choices.stream().mapToInt(choice -> choice.tokens().size()).sum();
    }

    /** Choices are generated side by side, so the longest one takes the time. */
    int longestChoice() {
        return choices.stream().mapToInt(choice -> choice.tokens().size()).max().orElse(0);
    }
}
