package io.kagu.bench.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Timeline timeline = new Timeline("kagu1.fixed", 2);

    @Test
    void jobsOfOtherBatchesAreNotItsOwn() {
        assertThat(timeline.job(timeline.id(1))).hasValue(1);
        assertThat(timeline.job("kagu1.half.1")).isEmpty();
        assertThat(timeline.job("kagu1.fixed")).isEmpty();
    }

    @Test
    void timeRunsFromTheFirstCallToTheLastResult() {
        job(0, 1_000_000, 2_000_000, 2_500_000);
        job(1, 1_000_000, 2_200_000, 4_000_000);

        assertThat(timeline.seconds()).isEqualTo(2.0);
    }

    @Test
    void latenciesCountFromEachJobsOwnSubmission() {
        job(0, 1_000, 1_010, 1_100);
        job(1, 2_000, 2_030, 2_300);

        assertThat(timeline.latency().call()).isEqualTo(new Latency.Spread(10, 30));
        assertThat(timeline.latency().completed()).isEqualTo(new Latency.Spread(100, 300));
    }

    @Test
    void aJobCalledTwiceOrNotAtAllIsNotCalledOnce() {
        timeline.called(0, 5);
        assertThat(timeline.calledOnce()).isEqualTo(1);

        timeline.called(0, 6);
        assertThat(timeline.calledOnce()).isZero();
    }

    @Test
    void onlyTheFirstResultOfAJobCounts() {
        assertThat(timeline.completed(0, 5)).isTrue();
        assertThat(timeline.completed(0, 6)).isFalse();
    }

    private void job(int job, long submitted, long called, long completed) {
        timeline.submitted(job, submitted);
        timeline.called(job, called);
        timeline.completed(job, completed);
    }
}
