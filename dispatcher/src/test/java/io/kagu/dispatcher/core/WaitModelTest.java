package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.WaitEstimate;
import io.kagu.dispatcher.core.WaitModel.Server;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

class WaitModelTest {

    private static final int RUNS = 2_000;
    private static final double MEAN_MILLIS = 200;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void withoutAServerNothingIsKnown() {
        assertThat(WaitModel.estimate(3, 0, List.of())).isEmpty();
    }

    @Test
    void oneSlotServesOneAfterTheOther() {
        WaitEstimate told = told(9, 0, new Server(1, 1_000, 0));

        assertThat(told.p50Seconds()).isBetween(9.0, 10.0);
        assertThat(told.p90Seconds()).isBetween(9.0, 11.0);
    }

    /** Worked out by hand from the formulas. */
    @Test
    void theFormulasAreThoseThatAreStated() {
        assertThat(told(9, 0.5, new Server(2, 1_000, 0.5), new Server(1, 500, 2)))
                .isEqualTo(new WaitEstimate(2.763, 4.057));
        assertThat(told(2, 0, new Server(2, 1_000, 0))).isEqualTo(new WaitEstimate(1.274, 1.777));
        assertThat(told(3, 0, new Server(1, 1_000, 0))).isEqualTo(new WaitEstimate(3.504, 3.817));
        assertThat(told(0, 0, new Server(1, 1_000, 100)))
                .as("no wait is negative")
                .extracting(WaitEstimate::p50Seconds)
                .isEqualTo(0.0);
    }

    @Test
    void moreSlotsAndFasterOnesShortenTheWait() {
        double one = told(20, 0, new Server(1, 100, 1)).p50Seconds();
        double two = told(20, 0, new Server(1, 100, 1), new Server(1, 100, 1)).p50Seconds();
        double fast = told(20, 0, new Server(1, 100, 1), new Server(1, 50, 1)).p50Seconds();

        assertThat(two).isBetween(0.45 * one, 0.55 * one);
        assertThat(fast).isLessThan(two);
    }

    @Test
    void aServerIsNoFasterThanItsLimits() {
        Server fast = new Server(2, 100, 1);

        assertThat(fast.every(50)).isEqualTo(fast);
        assertThat(fast.every(2_000)).isEqualTo(new Server(2, 4_000, 1));
        assertThat(told(10, 0, fast.every(2_000)).p50Seconds()).isBetween(19.0, 23.0);
    }

    @Test
    void whatHigherLanesTakeIsMissing() {
        double alone = told(10, 0, new Server(1, 100, 1)).p50Seconds();
        double halved = told(10, 5, new Server(1, 100, 1)).p50Seconds();

        assertThat(halved).isBetween(1.95 * alone, 2.05 * alone);
    }

    @Test
    void aFloodOfHigherJobsLeavesAShareInTheEstimate() {
        double alone = told(10, 0, new Server(1, 100, 1)).p50Seconds();

        assertThat(told(10, 1_000, new Server(1, 100, 1)).p50Seconds())
                .isBetween(19 * alone, 21 * alone);
    }

    /** Waits drawn from servers that have been busy for long, against what is foretold. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "1, 20, 1",
        "4, 3, 1",
        "4, 50, 1",
        "16, 5, 1",
        "16, 200, 1",
        "1, 20, 4",
        "4, 50, 4",
        "16, 200, 4",
        "1, 20, 0.1",
        "4, 50, 0.1",
        "16, 200, 0.1"
    })
    void halfAndNineOfTenWaitNoLongerThanForetold(int slots, int ahead, double variation) {
        WaitEstimate told = told(ahead, 0, new Server(slots, MEAN_MILLIS, variation));
        double[] waits = new double[RUNS];
        Arrays.setAll(waits, run -> waitSeconds(slots, ahead, variation));

        assertThat(share(waits, told.p50Seconds())).isBetween(0.4, 0.6);
        assertThat(share(waits, told.p90Seconds())).isBetween(0.84, 0.96);
    }

    private static double share(double[] waits, double bound) {
        return Arrays.stream(waits).filter(wait -> wait <= bound).count() / (double) waits.length;
    }

    private double waitSeconds(int slots, int ahead, double variation) {
        PriorityQueue<Double> ends = new PriorityQueue<>();
        double warm = 50 * MEAN_MILLIS;
        for (int slot = 0; slot < slots; slot++) {
            double end = 0;
            while (end < warm) {
                end += millis(variation);
            }
            ends.add(end);
        }
        double last = warm;
        for (int end = 0; end <= ahead; end++) {
            last = ends.remove();
            ends.add(last + millis(variation));
        }
        return (last - warm) / 1_000;
    }

    /** Lognormal, of this squared coefficient of variation. */
    private double millis(double variation) {
        double sigma = Math.sqrt(Math.log1p(variation));
        return MEAN_MILLIS * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }

    private static WaitEstimate told(int ahead, double higher, Server... servers) {
        return WaitModel.estimate(ahead, higher, List.of(servers)).orElseThrow();
    }
}
