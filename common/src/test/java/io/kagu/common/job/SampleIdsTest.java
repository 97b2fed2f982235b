package io.kagu.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleIdsTest {

    @Test
    void anIdSaysHowManyAlternativesWereAskedFor() {
        String id = SampleIds.of(JobIds.next(), 20);

        assertThat(SampleIds.top(id)).isEqualTo(20);
        assertThat(JobIds.valid(id)).isTrue();
    }

    @Test
    void whereNoneWereAskedForTheIdIsAsItWas() {
        assertThat(SampleIds.of("a", 0)).isEqualTo("a");
        assertThat(SampleIds.top("a")).isZero();
        assertThat(SampleIds.top("a.top")).isZero();
        assertThat(SampleIds.top("a.top99999")).isZero();
    }
}
