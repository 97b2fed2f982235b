package io.kagu.common.gpu;

import static io.kagu.common.Samples.NOON;
import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class DrainTest {

    private static final Instant SETTLED = NOON.plus(Drain.SETTLED);
    private static final GpuSpec DRAINING = gpu("a", "p", "m").draining(true);

    private static QueueStatus said(Instant time, int running, GpuStatus... gpus) {
        return new QueueStatus(
                1, "p", "owner", time, List.of(), running, 0, 2, List.of(gpus), 0, 0, 0, false);
    }

    private static GpuStatus holding(String gpu, int leases) {
        return new GpuStatus(gpu, 2, leases, "CLOSED", Optional.empty(), Optional.empty());
    }

    private static Drain drain(GpuSpec gpu, QueueStatus status) {
        return Drain.of(gpu, NOON, Optional.of(status), SETTLED.plusSeconds(60));
    }

    @Test
    void aGpuIsDrainedOnceItsOwnerSaysSoAfterwards() {
        assertThat(drain(DRAINING, said(SETTLED, 5, holding("a", 0), holding("b", 5))).done())
                .isTrue();
        assertThat(drain(DRAINING, said(SETTLED, 5, holding("a", 1))).running()).hasValue(1);
        assertThat(drain(DRAINING, said(SETTLED, 5, holding("a", 1))).done()).isFalse();
    }

    @Test
    void whatTheOwnerSaidBeforeCountsForNothing() {
        Drain drain = drain(DRAINING, said(SETTLED.minusMillis(1), 0, holding("a", 0)));

        assertThat(drain.running()).isEmpty();
        assertThat(drain.done()).isFalse();
    }

    @Test
    void anOwnerThatDoesNotKnowOfTheDrainYetMayStillGrantLeases() {
        GpuStatus unaware =
                new GpuStatus(
                        "a",
                        2,
                        0,
                        "CLOSED",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("fresh"));
        GpuStatus aware =
                new GpuStatus(
                        "a",
                        2,
                        0,
                        "CLOSED",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("draining"),
                        Optional.of("fresh"));

        assertThat(drain(DRAINING, said(SETTLED, 0, unaware)).done()).isFalse();
        assertThat(drain(DRAINING, said(SETTLED, 0, aware)).done()).isTrue();
    }

    @Test
    void withoutADrainNothingIsDrained() {
        assertThat(drain(gpu("a", "p", "m"), said(SETTLED, 0, holding("a", 0))).done()).isFalse();
    }

    @Test
    void anOwnerThatDoesNotTellOfGpusCountsForAllOfThem() {
        assertThat(drain(DRAINING, said(SETTLED, 1)).done()).isFalse();
        assertThat(drain(DRAINING, said(SETTLED, 0)).done()).isTrue();
    }

    @Test
    void aPoolThatNeverHadAnOwnerHoldsNoLease() {
        assertThat(Drain.of(DRAINING, NOON, Optional.empty(), SETTLED).done()).isTrue();
        assertThat(Drain.of(DRAINING, NOON, Optional.empty(), SETTLED.minusMillis(1)).done())
                .isFalse();
    }
}
