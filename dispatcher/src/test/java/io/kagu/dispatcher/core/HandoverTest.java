package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.job.JobView;
import io.kagu.dispatcher.core.JobRow.Tally;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a pool believes of a job that another one sends. */
class HandoverTest {

    private static final int MOST = 1_000_000_000;
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    @Test
    void bothEndsOfEveryRangeAreTaken() {
        Handover least = handover(1, 1, 0, 0, 0, Tally.NONE, List.of());
        List<Attempt> all = Collections.nCopies(JobView.MAX_ATTEMPTS, attempt(LAST, LAST));
        Handover most = handover(MOST, MOST, LAST, LAST, MOST, new Tally(1, 1, 1), all);

        assertThat(least.run()).isEqualTo(1);
        assertThat(most.attempts()).hasSize(JobView.MAX_ATTEMPTS);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                bad("run", () -> numbered(0, 1, 0)),
                bad("run", () -> numbered(MOST + 1, 1, 0)),
                bad("version", () -> numbered(1, 0, 0)),
                bad("version", () -> numbered(1, MOST + 1, 0)),
                bad("attempt", () -> numbered(1, 1, -1)),
                bad("attempt", () -> numbered(1, 1, MOST + 1)),
                bad("queued_at", () -> timed(-1, 0)),
                bad("queued_at", () -> timed(LAST + 1, 0)),
                bad("deadline", () -> timed(0, -1)),
                bad("deadline", () -> timed(0, LAST + 1)),
                bad("tally", () -> counting(new Tally(-1, 0, 0))),
                bad("tally", () -> counting(new Tally(0, -1, 0))),
                bad("tally", () -> counting(new Tally(0, 0, -1))),
                bad("attempts", () -> trying(attempt(-1, 0))),
                bad("attempts", () -> trying(attempt(0, LAST + 1))),
                bad("attempts", () -> trying(manyAttempts())));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatNoPoolWritesIsRefused(String field, Supplier<Handover> handover) {
        assertThatThrownBy(handover::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad value of " + field);
    }

    private static Arguments bad(String field, Supplier<Handover> handover) {
        return Arguments.of(field, handover);
    }

    private static Handover numbered(int run, long version, int attempt) {
        return handover(run, version, 0, 0, attempt, Tally.NONE, List.of());
    }

    private static Handover timed(long queuedAt, long deadline) {
        return handover(1, 1, queuedAt, deadline, 0, Tally.NONE, List.of());
    }

    private static Handover counting(Tally tally) {
        return handover(1, 1, 0, 0, 0, tally, List.of());
    }

    private static Handover trying(Attempt... attempts) {
        return handover(1, 1, 0, 0, 0, Tally.NONE, List.of(attempts));
    }

    private static Attempt[] manyAttempts() {
        return Collections.nCopies(JobView.MAX_ATTEMPTS + 1, attempt(0, 0)).toArray(Attempt[]::new);
    }

    private static Attempt attempt(long startedAt, long endedAt) {
        return new Attempt(
                1,
                "alpha",
                PoolRig.EXECUTOR,
                startedAt,
                endedAt,
                "",
                "",
                Optional.empty(),
                OptionalLong.empty());
    }

    private static Handover handover(
            int run,
            long version,
            long queuedAt,
            long deadline,
            int attempt,
            Tally tally,
            List<Attempt> attempts) {
        return new Handover(
                Handover.SCHEMA, run, version, queuedAt, deadline, attempt, tally, attempts);
    }
}
