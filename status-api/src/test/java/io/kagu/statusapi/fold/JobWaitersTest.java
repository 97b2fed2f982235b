package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.statusapi.fold.JobWaiters.Waiter;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class JobWaitersTest {

    private final JobWaiters waiters = new JobWaiters(2);

    @Test
    void everyWaiterOfAJobHearsOfItsChangeAndNobodyElse() {
        try (Waiter first = waiters.join("a").orElseThrow();
                Waiter other = waiters.join("b").orElseThrow()) {
            waiters.changed("a");

            assertThat(rang(first)).isTrue();
            assertThat(rang(other)).isFalse();
        }
    }

    @Test
    void aChangeBeforeListeningIsHeardOnce() {
        try (Waiter waiter = waiters.join("a").orElseThrow()) {
            waiters.changed("a");
            waiters.changed("a");

            assertThat(rang(waiter)).isTrue();
            assertThat(rang(waiter)).isFalse();
        }
    }

    @Test
    void thereIsRoomForSoManyAndAPlaceIsGivenBack() {
        try (Waiter one = waiters.join("a").orElseThrow()) {
            try (Waiter two = waiters.join("a").orElseThrow()) {
                assertThat(waiters.join("a")).isEmpty();
                assertThat(one).isNotSameAs(two);
            }
            assertThat(waiters.count()).isEqualTo(1);
            waiters.changed("a");
            assertThat(rang(one)).isTrue();
        }
        assertThat(waiters.count()).isZero();
    }

    @Test
    void closingWakesEverybodyAndLetsNobodyIn() {
        try (Waiter waiter = waiters.join("a").orElseThrow()) {
            waiters.close();

            assertThat(rang(waiter)).isTrue();
            assertThat(waiters.join("a")).isEmpty();
        }
    }

    private static boolean rang(Waiter waiter) {
        return waiter.bell().await(Duration.ZERO);
    }
}
