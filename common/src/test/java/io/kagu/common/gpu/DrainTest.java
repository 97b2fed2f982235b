package io.kagu.common.gpu;

import static io.kagu.common.Samples.NOON;
import static io.kagu.common.Samples.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.codec.Json;
import io.kagu.common.job.QueueStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;

final class DrainTest {

    private static final Instant SETTLED = NOON.plus(Drain.SETTLED);
    private static final GpuSpec DRAINING = gpu("a", "p", "m").draining(true);

    /** What an owner says; as JSON, so that it says no more than is of use here. */
    private static QueueStatus said(Instant time, int running, String... gpus) {
        String json =
                """
                {"schema": 1, "pool": "p", "owner": "o", "time": "%s", "lanes": [],
                 "running": %d, "slots": 2, "gpus": [%s]}\
                """
                        .formatted(time, running, String.join(",", gpus));
        return Json.read(json.getBytes(UTF_8), QueueStatus.class);
    }

    private static String holding(String gpu, int leases, String... more) {
        return """
        {"name": "%s", "slots": 2, "running": %d, "breaker": "CLOSED"%s}\
        """
                .formatted(gpu, leases, String.join("", more));
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
        String unaware = holding("a", 0, ", \"metrics\": \"fresh\"");
        String aware = holding("a", 0, ", \"metrics\": \"fresh\", \"hindrance\": \"draining\"");

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
