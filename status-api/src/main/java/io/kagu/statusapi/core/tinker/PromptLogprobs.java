package io.kagu.statusapi.core.tinker;

import io.kagu.statusapi.core.tinker.SampleAnswer.TokenLogprob;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a GPU server tells of the tokens of a prompt.
 *
 * @param places one for each token; no candidate where nothing is told, as for the first
 * @param tokens the prompt's own tokens; empty where they are not told
 */
record PromptLogprobs(List<List<Candidate>> places, List<Integer> tokens) {

    /**
     * A token at a place of the prompt.
     *
     * @param rank from 1 for the likeliest
     */
    record Candidate(int token, double logprob, int rank) {}

    /** The log probability of each of the prompt's own tokens. */
    List<Optional<Double>> own() {
        return IntStream.range(0, places.size())
                .mapToObj(place -> own(place).map(Candidate::logprob))
                .toList();
    }

    /** A prompt's own token comes first, whatever its rank. */
    private Optional<Candidate> own(int place) {
        List<Candidate> candidates = places.get(place);
        return place < tokens.size()
                ? candidates.stream()
                        .filter(candidate -> candidate.token() == tokens.get(place))
                        .findFirst()
                : candidates.stream().findFirst();
    }

    /** The likeliest tokens at each place, the likeliest first. */
    List<Optional<List<TokenLogprob>>> top(int count) {
        return places.stream().map(place -> top(place, count)).toList();
    }

    private static Optional<List<TokenLogprob>> top(List<Candidate> place, int count) {
        return Optional.of(place)
                .filter(candidates -> !candidates.isEmpty())
                .map(candidates ->
                        candidates.stream()
                                .filter(candidate -> candidate.rank() <= count)
                                .sorted(Comparator.comparingInt(Candidate::rank))
                                .map(it -> new TokenLogprob(it.token(), it.logprob()))
                                .toList());
    }
}
