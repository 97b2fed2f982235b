package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class BacklogTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final Backlog backlog = new Backlog();

    @Test
    void withoutAnOwnersWordOnlyOwnAcceptancesCountAndNoPositionIsKnown() {
        backlog.reserve(Priority.HIGH);
        backlog.reserve(Priority.LOW);
        backlog.stored(Priority.LOW, NOON);

        assertThat(backlog.waiting()).isEqualTo(2);
        assertThat(backlog.position(Priority.NORMAL)).isEmpty();
        assertThat(backlog.timeFor(2)).isEmpty();
    }

    @Test
    void aJobThatWasNotStoredGivesItsPlaceBack() {
        backlog.reserve(Priority.NORMAL);
        backlog.release(Priority.NORMAL);

        assertThat(backlog.waiting()).isZero();
    }

    @Test
    void thePositionCountsHigherLanesAndTheOwnOne() {
        backlog.update(Statuses.waiting(3, 5, 7), NOON);
        backlog.reserve(Priority.HIGH);
        backlog.reserve(Priority.LOW);

        assertThat(backlog.position(Priority.HIGH)).contains(4);
        assertThat(backlog.position(Priority.NORMAL)).contains(9);
        assertThat(backlog.position(Priority.LOW)).contains(17);
        assertThat(backlog.waiting()).isEqualTo(17);
    }

    @Test
    void aStatusCountsForWhatWasStoredBeforeItWasSent() {
        store(Priority.NORMAL, NOON);

        backlog.update(Statuses.waiting(0, 1, 0), NOON.plusSeconds(1));

        assertThat(backlog.waiting()).isEqualTo(1);
    }

    @Test
    void whatWasStoredWhileAStatusWasOnItsWayCountsOnTop() {
        store(Priority.NORMAL, NOON);
        store(Priority.NORMAL, NOON.plus(Backlog.TRANSIT));

        backlog.update(
                Statuses.waiting(0, 1, 0), NOON.plus(Backlog.TRANSIT).plus(Duration.ofMillis(1)));

        assertThat(backlog.waiting()).isEqualTo(2);
    }

    @Test
    void aJobOnItsWayIntoKafkaIsNeverForgotten() {
        backlog.reserve(Priority.HIGH);

        backlog.update(Statuses.waiting(0, 0, 0), NOON.plusSeconds(60));

        assertThat(backlog.waiting()).isEqualTo(1);
    }

    @Test
    void aWithdrawnStatusLeavesOwnAcceptances() {
        backlog.update(Statuses.waiting(9, 9, 9), NOON);
        store(Priority.NORMAL, NOON);

        backlog.forgetStatus();

        assertThat(backlog.waiting()).isEqualTo(1);
    }

    private void store(Priority priority, Instant at) {
        backlog.reserve(priority);
        backlog.stored(priority, at);
    }
}
