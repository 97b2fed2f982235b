package io.kagu.common.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndSignalTest {

    private final EndSignal end = EndSignal.install();

    /** Else this JVM would wait for it at its own end. */
    @AfterEach
    void close() {
        end.closed();
        boolean _ = Thread.interrupted();
    }

    @Test
    void aFailureIsThrownToWhoWaits() {
        IllegalStateException failure = new IllegalStateException("no topic");
        end.fail(failure);

        assertThatThrownBy(end::await).isSameAs(failure);
    }

    @Test
    void anInterruptionEndsTheWaitAndIsPassedOnOnlyWhenAllIsClosed() {
        Thread.currentThread().interrupt();

        end.await();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        end.closed();
        assertThat(Thread.interrupted()).isTrue();
    }
}
