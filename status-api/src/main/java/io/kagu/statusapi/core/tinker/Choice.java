package io.kagu.statusapi.core.tinker;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One choice of a completion, as it was told.
 *
 * @param index its place among the choices
 * @param finishReason empty where none is told
 * @param tokenIds what the server says they are; empty where it does not say
 * @param logprobs what it says of each token
 * @param promptPlaces what it says of each token of the prompt
 * @param promptTokens the prompt's tokens, where told
 */
record Choice(
        int index,
        Optional<String> finishReason,
        Optional<List<Integer>> tokenIds,
        TokenLogprobs logprobs,
        List<List<PromptLogprobs.Candidate>> promptPlaces,
        List<Integer> promptTokens) {

    Sequence sequence() throws IOException {
        List<Integer> tokens =
                tokenIds.or(logprobs::tokens)
                        .orElseThrow(() ->
                                new BrokenCompletionException(
                                        "it has no token ids; the GPU server must know"
                                                + " return_token_ids, or tell them with logprobs"));
        return new Sequence(stopReason(), tokens, logprobs.values(tokens.size()));
    }

    private String stopReason() throws IOException {
        String told = finishReason.orElse("none");
        return switch (told) {
            case "stop", "length" -> told;
            default ->
                    throw new BrokenCompletionException(
                            "a choice ended neither by stop nor by length");
        };
    }
}
