package io.kagu.statusapi.core.tinker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a choice's {@code logprobs} tell.
 *
 * @param ids of the tokens, in whatever way they are told; empty where one is not
 * @param numbers the log probability of each token; empty where one is not told
 */
record TokenLogprobs(List<OptionalInt> ids, List<Optional<Double>> numbers) {

    static final TokenLogprobs NONE = new TokenLogprobs(List.of(), List.of());

    /** The tokens, if every one is told. */
    Optional<List<Integer>> tokens() {
        return ids.isEmpty() || ids.stream().anyMatch(OptionalInt::isEmpty)
                ? Optional.empty()
                : Optional.of(ids.stream().map(OptionalInt::getAsInt).toList());
    }

    /** One for each of so many tokens, or nothing: who trains on them must not get them shifted. */
    Optional<List<Double>> values(int tokens) {
        return numbers.size() == tokens && numbers.stream().allMatch(Optional::isPresent)
                ? Optional.of(numbers.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }
}
