package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.List;
import java.util.Optional;

/**
 * One answer to a prompt.
 *
 * @param stopReason {@code stop} or {@code length}
 * @param logprobs of each token; empty where the GPU server does not tell all of them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Sequence(String stopReason, List<Integer> tokens, Optional<List<Double>> logprobs) {

    public Sequence {
        tokens = List.copyOf(tokens);
        logprobs = logprobs.map(List::copyOf);
    }
}
