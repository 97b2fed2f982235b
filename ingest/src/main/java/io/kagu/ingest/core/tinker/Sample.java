package io.kagu.ingest.core.tinker;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a Tinker client asks to be generated.
 *
 * @param sequenceId counts the samples of a sampling session
 * @param count how many answers to the one prompt
 */
public record Sample(
        AskedModel model,
        OptionalLong sequenceId,
        TokenIds prompt,
        SamplingParams params,
        int count,
        PromptLogprobs promptLogprobs) {

    /**
     * What is asked of the prompt's own tokens.
     *
     * @param wanted whether their log probabilities are
     * @param top how many alternatives of each; 0 for none
     */
    public record PromptLogprobs(boolean wanted, int top) {}

    /** What makes a repeat of the sample the same job, whoever takes it; empty for nothing. */
    Optional<String> identity() {
        return sequenceId.isPresent() && model instanceof AskedModel.OfSession(var session)
                ? Optional.of(session.nonce() + " " + sequenceId.getAsLong())
                : Optional.empty();
    }

    /** Tokens of prompt and answers together, at most. */
    long tokens() {
        return prompt.size() + (long) count * params.maxTokens();
    }
}
