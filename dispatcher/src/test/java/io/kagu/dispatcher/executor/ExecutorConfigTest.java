package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class ExecutorConfigTest {

    private static ExecutorConfig config(int budget, long beat, long fence, int bytes) {
        return new ExecutorConfig(
                budget,
                Duration.ofMillis(beat),
                Duration.ofMillis(fence),
                Duration.ZERO,
                bytes,
                Duration.ofSeconds(3),
                Duration.ZERO);
    }

    @Test
    void theDefaultsHold() {
        ExecutorConfig defaults = ExecutorConfig.defaults();

        assertThat(defaults.heartbeatInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(defaults.selfFenceAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.maxResponseBytes()).isEqualTo(8 * 1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 500, 3000, 1000, call budget",
        "5001, 500, 3000, 1000, call budget",
        "10, 0, 3000, 1000, heartbeat interval",
        "10, 500, 999, 1000, self fence",
        "10, 500, 3000, 0, max response bytes"
    })
    void whatCannotWorkIsRefusedByName(int budget, long beat, long fence, int bytes, String name) {
        assertThatThrownBy(() -> config(budget, beat, fence, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
