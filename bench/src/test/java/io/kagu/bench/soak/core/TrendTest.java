package io.kagu.bench.soak.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

class TrendTest {

    private static final long MIB = 1 << 20;

    /** A figure by the jobs that had ended, sampled every ten of a thousand. */
    private static Trend trend(IntToLongFunction bytes) {
        List<Sample> samples =
                IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> new Sample(i * 10, List.of(bytes.applyAsLong(i * 10))))
                        .toList();
        return Trend.of("figure", 0, samples);
    }

    @Test
    void whatGrowsWithTheJobsIsNotFlat() {
        Trend trend = trend(jobs -> jobs * MIB);

        assertThat(trend.growth()).isEqualTo(3);
        assertThat(trend.flat()).isFalse();
    }

    @Test
    void whatFillsUpAndThenStaysIsFlat() {
        Trend trend = trend(jobs -> Math.min(jobs, 250) * MIB);

        assertThat(trend.growth()).isEqualTo(1);
        assertThat(trend.flat()).isTrue();
    }

    @Test
    void aSawtoothIsJudgedByItsFloor() {
        assertThat(trend(jobs -> 100 * MIB + jobs % 100 * MIB).flat()).isTrue();
    }

    @Test
    void growthThatIsTooSmallToMatterIsFlat() {
        Trend trend = trend(jobs -> jobs * MIB / 100);

        assertThat(trend.growth()).isGreaterThan(Trend.MOST_GROWTH);
        assertThat(trend.flat()).isTrue();
    }
}
