package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.HeaderText;
import io.kagu.dispatcher.core.Barriers;
import io.kagu.dispatcher.executor.OutcomeRecords;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Set;

class BarrierTest {

    private static final byte[] OUTCOME = OutcomeRecords.TYPE.getBytes(StandardCharsets.US_ASCII);

    private final Emission barrier = Barrier.emission("owner-1", 5, 42, RowSample.START);

    @Test
    void aBarrierGoesToThePartitionItNames() {
        assertThat(barrier.sink()).isEqualTo(Sinks.BARRIERS);
        assertThat(
                        Barrier.partitioner()
                                .partitions(
                                        "kagu.dispatch.outcomes",
                                        barrier.message().key(),
                                        barrier.message().value(),
                                        8))
                .contains(Set.of(5));
    }

    @Test
    void itsOwnerReadsItsNumber() {
        assertThat(Barrier.is(barrier.message().headers())).isTrue();
        assertThat(Barrier.numberFor("owner-1", barrier.message().headers())).hasValue(42);
    }

    /** Another version may have the partition next; it must know a barrier from an outcome. */
    @Test
    void aBarrierIsWrittenAsEverAndReadBack() {
        GoldenFile golden = new GoldenFile("barrier-v1.headers");

        golden.mustBe(HeaderText.of(barrier.message().headers()));

        Headers read = HeaderText.parse(golden.read() + "\nce_kaguadded: later");
        assertThat(Barrier.is(read)).isTrue();
        assertThat(Barrier.numberFor("owner-1", read)).hasValue(42);
    }

    @Test
    void anotherOwnersBarrierProvesNothing() {
        assertThat(Barrier.numberFor("owner-2", barrier.message().headers())).isEmpty();
    }

    @Test
    void anOutcomeIsNoBarrier() {
        assertThat(Barrier.is(new RecordHeaders())).isFalse();
        assertThat(Barrier.is(new RecordHeaders().add("ce_type", OUTCOME))).isFalse();
    }

    @Test
    void barriersAreCountedAsWrittenAndAsReadBack() {
        Barriers barriers = Barriers.NONE.written().written().readBack(2).readBack(1);

        assertThat(barriers).isEqualTo(new Barriers(2, 2));
        assertThat(barriers.next()).isEqualTo(3);
    }
}
