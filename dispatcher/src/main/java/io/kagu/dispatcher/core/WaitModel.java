package io.kagu.dispatcher.core;

import io.kagu.common.job.WaitEstimate;

import java.util.List;
import java.util.Optional;

/**
 * How long a job waits that so many others go before: the time until as many calls have ended, by
 * what calls were measured to take. While it waits, jobs of higher lanes that come go before it
 * too.
 *
 * <p>With slots {@code i} of mean service time {@code m_i}, calls end at rate {@code mu = sum of
 * slots_i / m_i}; of that, {@code lambda} goes to higher lanes. A few ends of many slots come like
 * those of a Poisson process, many vary as single calls do: with {@code v} the squared coefficient
 * of variation of a call, {@code s = v + (1 - v) exp(-n / slots)}. The time of {@code n} ends of
 * calls that began before has mean {@code (n - (1 - s) / 2) / (mu - lambda)} (Cox, Renewal Theory,
 * 1962) and squared coefficient of variation {@code s / n}. Quantiles are those of a gamma
 * distribution of these, after Wilson and Hilferty, The Distribution of Chi-Square, 1931.
 */
final class WaitModel {

    /** However many high jobs come, the others get this share of the calls in the estimate. */
    private static final double LEAST_SHARE = 0.05;

    private static final double Z90 = 1.2816;
    private static final double MILLIS = 1000;

    private WaitModel() {}

    /**
     * What serves the job and those before it.
     *
     * @param slots that can take calls
     * @param meanMillis of one call
     * @param variation squared coefficient of variation of one call
     */
    record Server(int slots, double meanMillis, double variation) {

        /** The same server, if its limits let a call begin only so often. */
        Server every(double millis) {
            return new Server(slots, Math.max(meanMillis, millis * slots), variation);
        }
    }

    /**
     * The estimate; empty if nothing serves the job.
     *
     * @param ahead jobs that go before it on these servers
     * @param higherPerSecond jobs of higher lanes that come while it waits
     */
    static Optional<WaitEstimate> estimate(
            int ahead, double higherPerSecond, List<Server> servers) {
        int slots = servers.stream().mapToInt(Server::slots).sum();
        if (slots == 0) {
            return Optional.empty();
        }
        double rate = servers.stream().mapToDouble(s -> s.slots() * MILLIS / s.meanMillis()).sum();
        double share = Math.max(rate - higherPerSecond, rate * LEAST_SHARE);
        double ends = ahead + 1.0;
        double calls = servers.stream().mapToDouble(s -> s.slots() * s.variation()).sum() / slots;
        double spread = calls + (1 - calls) * Math.exp(-ends / slots);
        double mean = (ends - (1 - spread) / 2) / share;
        double variation = spread / ends;
        return Optional.of(
                new WaitEstimate(
                        rounded(quantile(mean, variation, 0)),
                        rounded(quantile(mean, variation, Z90))));
    }

    private static double quantile(double mean, double variation, double z) {
        double root = 1 - variation / 9 + z * Math.sqrt(variation) / 3;
        return mean * Math.max(0, root * root * root);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * MILLIS) / MILLIS;
    }
}
