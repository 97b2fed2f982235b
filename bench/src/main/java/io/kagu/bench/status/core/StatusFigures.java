package io.kagu.bench.status.core;

import io.kagu.bench.core.Median;
import io.kagu.bench.core.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the repeats, and what they say of the targets. Those who are compared are asked in
 * turn, so that a ratio is of two loads one after the other.
 */
public record StatusFigures(List<Turn> turns, Visibility visibility) {

    /** Of the constant's answers a second, for jobs by id. */
    public static final double LEAST_OF_CONSTANT = 0.6;

    /** Times the constant's 99th percentile, for jobs by id. */
    public static final double MOST_TAIL = 5;

    /** Times the cost in the small store. */
    public static final double MOST_GROWTH = 2;

    /** From the send of an event to the answer that shows it. */
    public static final double MOST_LAG_MS = 100;

    private static final double MICROS_PER_MILLI = 1_000;

    /** Those whose cost must not depend on the number of jobs. */
    private static final List<Question> LEVEL =
            List.of(Question.PAGE, Question.FILTERED_PAGE, Question.POSITION);

    public StatusFigures {
        turns = List.copyOf(turns);
    }

    /** The median of the repeats; empty if that was not asked. */
    public Optional<LoadResult> median(Question question, Answerer answerer) {
        List<LoadResult> results = results(question, answerer);
        return results.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LoadResult(
                                median(results, LoadResult::perSecond),
                                (long) median(results, LoadResult::p50Micros),
                                (long) median(results, LoadResult::p99Micros)));
    }

    private List<LoadResult> results(Question question, Answerer answerer) {
        return turns.stream()
                .filter(turn -> turn.question() == question && turn.answerer() == answerer)
                .map(Turn::result)
                .toList();
    }

    private static double median(List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        return Median.of(results.stream().map(figure::applyAsDouble).toList());
    }

    /** Answers a second about the large store's jobs by id, by the constant's. */
    public double ofConstant() {
        return ratio(Question.BY_ID, Answerer.LARGE_STORE, Answerer.CONSTANT, r -> r.perSecond());
    }

    /** The same of the 99th percentiles. */
    public double tail() {
        return ratio(Question.BY_ID, Answerer.LARGE_STORE, Answerer.CONSTANT, r -> r.p99Micros());
    }

    /** What an answer costs in the large store, by what it costs in the small one. */
    public double growth(Question question) {
        return ratio(question, Answerer.SMALL_STORE, Answerer.LARGE_STORE, r -> r.perSecond());
    }

    /** The median over the repeats of the ratio within each. */
    private double ratio(
            Question question, Answerer one, Answerer other, ToDoubleFunction<LoadResult> figure) {
        List<LoadResult> ones = results(question, one);
        List<LoadResult> others = results(question, other);
        List<Double> ratios = new ArrayList<>();
        for (int repeat = 0; repeat < Math.min(ones.size(), others.size()); repeat++) {
            ratios.add(
                    figure.applyAsDouble(ones.get(repeat))
                            / figure.applyAsDouble(others.get(repeat)));
        }
        return Median.of(ratios);
    }

    /** The targets, each reached or missed. */
    public List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(
                verdict(
                        ofConstant() >= LEAST_OF_CONSTANT,
                        "jobs by id: %.2f of a constant's answers/s (target: at least %.1f)",
                        ofConstant(),
                        LEAST_OF_CONSTANT));
        verdicts.add(
                verdict(
                        tail() < MOST_TAIL,
                        "jobs by id: p99 is %.2f times a constant's (target: less than %.0f)",
                        tail(),
                        MOST_TAIL));
        LEVEL.forEach(question -> verdicts.add(level(question)));
        double lag = visibility.p99() / MICROS_PER_MILLI;
        verdicts.add(
                verdict(
                        lag < MOST_LAG_MS,
                        "what happened is seen after %.1f ms, p99 (target: less than %.0f)",
                        lag,
                        MOST_LAG_MS));
        return verdicts;
    }

    private Verdict level(Question question) {
        double growth = growth(question);
        return verdict(
                growth <= MOST_GROWTH,
                question.title() + ": %.2f times the small store's cost (target: at most %.0f)",
                growth,
                MOST_GROWTH);
    }

    private static Verdict verdict(boolean met, String format, double value, double target) {
        return new Verdict(String.format(Locale.ROOT, format, value, target), met);
    }
}
