package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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

    private static Lease at(long millis) {
        return new Lease("next", 1, "alpha", PoolRig.EXECUTOR, millis, millis + 1_000);
    }
}
