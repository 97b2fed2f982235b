package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.dispatcher.core.BreakerState.Phase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Optional;
import java.util.stream.Stream;

class GpuBreakerTest {

    private static final Lease FIRST = new Lease("first", 1, "alpha", PoolRig.EXECUTOR, 0, 1_000);

    private final GpuBreaker breaker = new GpuBreaker("alpha", new BreakerRules(1, 30_000));

    @Test
    void aCallAgainstAnOpenBreakerIsABug() {
        breaker.began(FIRST);
        breaker.failed(FIRST, 10);
        assertThat(breaker.permits(30_010)).isFalse();

        assertThatThrownBy(() -> breaker.began(at(29_999)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("alpha");
    }

    @Test
    void aSecondCallBesideTheProbeIsABug() {
        breaker.began(FIRST);
        breaker.failed(FIRST, 10);
        breaker.began(at(30_011));

        assertThat(breaker.permits(60_000)).isFalse();
        assertThatThrownBy(() -> breaker.began(at(60_000)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingSpeaksAgainstANewOne() {
        assertThat(breaker.untroubled()).isTrue();
        assertThat(breaker.state().untroubled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void whateverOneThingSpeaksAgainstItIsTrouble(BreakerState state) {
        GpuBreaker restored = GpuBreaker.restored(state, new BreakerRules(3, 30_000));

        assertThat(restored.untroubled()).isFalse();
        assertThat(restored.state()).isEqualTo(state);
    }

    private static Stream<BreakerState> troubles() {
        return Stream.of(
                trouble(Phase.CLOSED, 1, 0, 0, 0),
                trouble(Phase.CLOSED, 0, 0, 1, 0),
                trouble(Phase.CLOSED, 0, 0, 0, 50_000),
                trouble(Phase.OPEN, 0, 40_000, 0, 0),
                trouble(Phase.HALF_OPEN, 0, 0, 0, 0));
    }

    private static BreakerState trouble(
            Phase phase, int faults, long openUntil, int serialFaults, long pausedUntil) {
        return new BreakerState(
                "alpha", phase, faults, openUntil, Optional.empty(), serialFaults, pausedUntil);
    }

    @Test
    void aRunningProbeIsTrouble() {
        breaker.began(FIRST);
        breaker.failed(FIRST, 10);
        breaker.began(at(30_011));

        assertThat(breaker.state().probe()).isPresent();
        assertThat(breaker.untroubled()).isFalse();
    }

    private static Lease at(long millis) {
        return new Lease("next", 1, "alpha", PoolRig.EXECUTOR, millis, millis + 1_000);
    }
}
