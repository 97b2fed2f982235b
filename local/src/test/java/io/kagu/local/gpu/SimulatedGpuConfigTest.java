package io.kagu.local.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;

class SimulatedGpuConfigTest {

    private static final SimulatedGpuConfig BASE = SimulatedGpuConfig.of("gpu-a", "m");

    @Test
    void wrongValuesAreNamed() {
        rejected(() -> SimulatedGpuConfig.of(" ", "m"), "name must not be blank");
        rejected(() -> SimulatedGpuConfig.of("gpu-a"), "at least one model");
        rejected(() -> SimulatedGpuConfig.of("gpu-a", "m", ""), "a blank name");
        rejected(() -> SimulatedGpuConfig.of("gpu-a", "m", "m"), "repeat a name: [m, m]");
        rejected(() -> BASE.withSlots(0), "slots must be at least 1, not 0");
        rejected(() -> BASE.withTypicalOutputTokens(0), "typicalOutputTokens");
        rejected(() -> BASE.withVramTotalMb(7), "at least 1024, not 7");
        rejected(() -> BASE.withCallLogLimit(-1), "callLogLimit");
        rejected(() -> BASE.withPort(70_000), "port must be 0 to 65535, not 70000");
        rejected(() -> BASE.withSidecarPort(-1), "sidecarPort");
        rejected(() -> BASE.withPort(8000).withSidecarPort(8000), "must differ");
        rejected(() -> BASE.withHost(""), "host");
        rejected(() -> ServiceTime.fixed(Duration.ofSeconds(-1)), "overhead");
        rejected(
                () -> new ServiceTime(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1),
                "jitter must be 0 to 0.9, not 1.0");
    }

    @Test
    void eachWithChangesOneThing() {
        var changed =
                BASE.withSlots(3)
                        .withServiceTime(ServiceTime.NONE)
                        .withTypicalOutputTokens(9)
                        .withVramTotalMb(2_048)
                        .withHost("127.0.0.2")
                        .withPort(1)
                        .withSidecarPort(2)
                        .withSeed(4)
                        .withCallLogLimit(5);

        assertThat(changed)
                .isEqualTo(
                        new SimulatedGpuConfig(
                                "gpu-a",
                                BASE.models(),
                                3,
                                ServiceTime.NONE,
                                9,
                                2_048,
                                new ListenAddress("127.0.0.2", 1, 2),
                                4,
                                5,
                                false));
    }

    @Test
    void aBusyPortIsNamed() {
        try (var first = SimulatedGpu.start(BASE)) {
            int busy = URI.create(first.endpoint()).getPort();

            assertThatThrownBy(() -> SimulatedGpu.start(BASE.withPort(busy)).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + busy);
            assertThatThrownBy(() -> SimulatedGpu.start(BASE.withSidecarPort(busy)).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + busy);
        }
    }

    @Test
    void jitterStaysInItsBoundsAndFollowsTheSeed() {
        var jittered = new ServiceTime(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0.2);
        for (long seed = 0; seed < 100; seed++) {
            assertThat(jittered.factor(seed)).isBetween(0.8, 1.2).isEqualTo(jittered.factor(seed));
        }
        assertThat(jittered.factor(1)).isNotEqualTo(jittered.factor(2));
    }

    @Test
    void timeGrowsWithTokens() {
        var timing = ServiceTime.TYPICAL.timing(100, 1);

        assertThat(timing.prefill()).isEqualTo(Duration.ofMillis(45));
        assertThat(timing.total(10)).isEqualTo(Duration.ofMillis(205));
    }

    private static void rejected(ThrowingCallable making, String message) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
