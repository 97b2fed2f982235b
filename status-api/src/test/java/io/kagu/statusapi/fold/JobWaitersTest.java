package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.statusapi.fold.JobWaiters.Listener;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class JobWaitersTest {

    private final JobWaiters waiters = new JobWaiters(2);
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger toldOther = new AtomicInteger();

    @Test
    void everyWaiterOfAJobHearsOfItsChangeAndNobodyElse() {
        try (Listener _ = listen("a", told);
                Listener _ = listen("b", toldOther)) {
            waiters.changed("a");

            assertThat(told).hasValue(1);
            assertThat(toldOther).hasValue(0);
        }
        waiters.changed("a");
        assertThat(told).as("after it went").hasValue(1);
    }

    @Test
    void thereIsRoomForSoManyAndAPlaceIsGivenBack() {
        try (Listener _ = listen("a", told)) {
            try (Listener _ = listen("a", toldOther)) {
                assertThat(waiters.listen("a", () -> {})).isEmpty();
            }
            assertThat(waiters.count()).isEqualTo(1);
            waiters.changed("a");
            assertThat(told).hasValue(1);
        }
        assertThat(waiters.count()).isZero();
    }

    @Test
    void closingWakesEverybodyAndLetsNobodyIn() {
        try (Listener _ = listen("a", told)) {
            waiters.close();

            assertThat(told).hasValue(1);
            assertThat(waiters.listen("a", () -> {})).isEmpty();
        }
    }

    private Listener listen(String jobId, AtomicInteger counter) {
        return waiters.listen(jobId, counter::incrementAndGet).orElseThrow();
    }
}
