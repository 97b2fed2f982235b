package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Heartbeat;
import io.kagu.statusapi.QueueStory;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ConsumerReportTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static HeardHeartbeat heard(Instant at, boolean leaving) {
        return new HeardHeartbeat(
                new Heartbeat(1, "executor-1", at, NOW, "1", List.of(), 4, 9, leaving, 0), at);
    }

    @Test
    void aReplicaIsAliveUntilItWasSilentForSeconds() {
        assertThat(report(heard(NOW.minusSeconds(5), false)).status()).isEqualTo("alive");
        assertThat(report(heard(NOW.minusSeconds(5), true)).status()).isEqualTo("leaving");
        assertThat(report(heard(NOW.minusSeconds(6), true)).status()).isEqualTo("silent");
        assertThat(report(heard(NOW.minusSeconds(6), false)).ageSeconds()).isEqualTo(6);
    }

    @Test
    void aSilentReplicaIsForgottenAfterAnHour() {
        assertThat(ConsumerReport.forgotten(heard(NOW.minusSeconds(3600), false), NOW)).isFalse();
        assertThat(ConsumerReport.forgotten(heard(NOW.minusSeconds(3601), false), NOW)).isTrue();
    }

    @Test
    void aReplicaHasThePoolsWhoseOwnerItIsNow() {
        QueueSnapshot told = QueueSnapshot.of(QueueStory.at(NOW).status("p"), NOW);
        QueueSnapshot old =
                QueueSnapshot.of(QueueStory.at(NOW.minusSeconds(60)).status("old"), NOW);

        assertThat(ConsumerReport.of(heard(NOW, false), List.of(told, old), NOW).pools())
                .containsExactly("p");
    }

    @Test
    void aReplicaTellsWhatItOwnsAndWhatItWouldTake() {
        Heartbeat told =
                new Heartbeat(
                        1, "executor-1", NOW, NOW, "1", List.of(), 4, 9, false, 3, List.of(0, 2));

        ConsumerReport report = report(new HeardHeartbeat(told, NOW));

        assertThat(report.freeCalls()).isEqualTo(3);
        assertThat(report.callBudget()).isEqualTo(4);
        assertThat(report.partitions()).containsExactly(0, 2);
    }

    private static ConsumerReport report(HeardHeartbeat heard) {
        return ConsumerReport.of(heard, List.of(), NOW);
    }
}
