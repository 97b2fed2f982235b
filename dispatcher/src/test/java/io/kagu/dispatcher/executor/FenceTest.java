package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class FenceTest {

    // Near the overflow, where nanoTime may well be.
    private static final long START = Long.MAX_VALUE - 50;

    private final Fence fence = new Fence(Duration.ofNanos(100), START);

    @Test
    void silenceBeyondTheLimitCutsOff() {
        assertThat(fence.cutOff(START + 100)).isFalse();
        assertThat(fence.cutOff(START + 101)).isTrue();
    }

    @Test
    void whatCountsIsWhenTheAcknowledgedHeartbeatWasSent() {
        fence.proven(START + 90);

        assertThat(fence.cutOff(START + 190)).isFalse();
        assertThat(fence.cutOff(START + 191)).isTrue();
    }

    @Test
    void aLateAcknowledgementOfAnOlderHeartbeatChangesNothing() {
        fence.proven(START + 90);
        fence.proven(START + 10);

        assertThat(fence.cutOff(START + 190)).isFalse();
    }
}
