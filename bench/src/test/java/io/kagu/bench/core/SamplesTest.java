package io.kagu.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

class SamplesTest {

    @Test
    void aPercentileIsAMeasuredValueWhateverTheOrder() {
        Samples hundred = Samples.of(LongStream.rangeClosed(1, 100).map(n -> 101 - n));

        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(hundred.percentile(0.1)).isEqualTo(1);
    }

    @Test
    void oneValueIsEveryPercentile() {
        Samples one = Samples.of(LongStream.of(7));

        assertThat(one.percentile(1)).isEqualTo(7);
        assertThat(one.percentile(99)).isEqualTo(7);
    }

    @Test
    void nothingHasNoPercentile() {
        Samples none = Samples.of(LongStream.empty());

        assertThatThrownBy(() -> none.percentile(50)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 900.0))).isEqualTo(3);
        assertThatThrownBy(() -> Median.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
