package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.dispatcher.core.SidecarReading;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.InstantSource;

class SidecarTableTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SidecarTable table = new SidecarTable(InstantSource.fixed(NOON));

    @Test
    void whatIsHeardCountsFromWhenItCame() {
        table.hear("alpha", row("alpha", "2026-03-01T11:00:00Z"));

        assertThat(table.readings())
                .extracting(SidecarReading::seenAt)
                .containsExactly(NOON.toEpochMilli());
        assertThat(table.version()).isEqualTo(1);
    }

    @Test
    void whatStoodThereCountsFromWhenItWasScraped() {
        restore("2026-03-01T11:59:50Z");

        assertThat(table.readings())
                .extracting(SidecarReading::seenAt)
                .containsExactly(NOON.minusSeconds(10).toEpochMilli());
    }

    @Test
    void aScraperWhoseClockIsAheadMakesNothingFresherThanNow() {
        restore("2026-03-01T13:00:00Z");

        assertThat(table.readings())
                .extracting(SidecarReading::seenAt)
                .containsExactly(NOON.toEpochMilli());
    }

    @Test
    void whatComesLateChangesNothing() {
        table.hear("alpha", row("alpha", "2026-03-01T12:00:00Z"));
        table.hear("alpha", row("alpha", "2026-03-01T11:59:55Z"));

        assertThat(table.readings())
                .extracting(reading -> reading.metrics().time())
                .containsExactly(NOON);
    }

    @Test
    void aGpuThatHasNoMetricsAnyMoreIsForgotten() {
        table.hear("alpha", row("alpha", "2026-03-01T12:00:00Z"));
        table.hear("alpha", null);

        assertThat(table.readings()).isEmpty();
        assertThat(table.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"schema\":1,\"gpu\":\"beta\",\"time\":\"2026-03-01T12:00:00Z\",\"health\":\"ok\"}",
                "{\"schema\":1,\"gpu\":\"alpha\",\"time\":\"2026-03-01T12:00:00Z\",\"health\":\"fine\"}",
                "{\"schema\":1,\"gpu\":\"alpha\",\"time\":\"+999999999-01-01T00:00:00Z\",\"health\":\"ok\"}",
                "{\"schema\":1,\"gpu\":\"alpha\",\"time\":99999999999999999,\"health\":\"ok\"}"
            })
    void whatCannotBeReadLeavesTheLastReading(String json) {
        table.hear("alpha", row("alpha", "2026-03-01T12:00:00Z"));
        table.hear("alpha", json.getBytes(UTF_8));

        assertThat(table.readings())
                .extracting(reading -> reading.metrics().time())
                .containsExactly(NOON);
        assertThat(table.version()).isEqualTo(1);
    }

    /** A replica starts with what stands in the topic. */
    private void restore(String time) {
        JournaledStore stored = new JournaledStore(SidecarTable.STORE);
        stored.put("alpha", row("alpha", time));
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
        context.addStateStore(stored);
        table.updater().get().init(context);
    }

    private static byte[] row(String gpu, String time) {
        return "{\"schema\":1,\"gpu\":\"%s\",\"time\":\"%s\",\"health\":\"ok\"}"
                .formatted(gpu, time)
                .getBytes(UTF_8);
    }
}
