package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.HeaderText;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Version 1 of what dispatchers tell each other, header by header. In a rolling upgrade replicas of
 * two versions do so: this one reads what the first form of version 1 wrote, writes all that its
 * readers need, and passes over what a later one adds.
 */
class DispatchV1Test {

    private static final byte[] BODY = {'b'};
    private static final String ADDED = "\nce_kaguadded: later";
    private static final Call CALL =
            CallBuilder.to(URI.create("http://10.1.2.3:8000"))
                    .attempt(3)
                    .spilledTo("executor-2", 5_000)
                    .build();

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        "completed",
                        outcome(new Outcome.Completed(200, "text/plain"), OptionalLong.of(42))),
                Arguments.of(
                        "overloaded",
                        outcome(new Outcome.Overloaded(OptionalLong.of(1_500), "HTTP 429"))),
                Arguments.of("fault", outcome(new Outcome.Fault("cannot connect"))),
                Arguments.of(
                        "rejected",
                        outcome(new Outcome.Rejected("rejected", OptionalInt.of(404), "HTTP 404"))),
                Arguments.of("lost", outcome(new Outcome.Lost("cut off"))),
                Arguments.of("aborted", outcome(new Outcome.Aborted())));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void anOutcomeIsWrittenAsEverAndReadBack(String word, AttemptOutcome outcome) {
        GoldenFile golden = new GoldenFile("outcome-v1-" + word + ".headers");

        golden.mustBe(HeaderText.of(OutcomeRecords.write("t", "pool-1", outcome, BODY).headers()));

        assertThat(OutcomeRecords.read(HeaderText.parse(golden.read()))).isEqualTo(outcome);
        assertThat(OutcomeRecords.read(HeaderText.parse(golden.read() + ADDED))).isEqualTo(outcome);
    }

    /** It told no tokens. */
    @Test
    void theFirstFormOfAnOutcomeIsStillReadAndStillWritten() {
        String first = new GoldenFile("outcome-v1-first-completed.headers").read();

        assertThat(OutcomeRecords.read(HeaderText.parse(first)))
                .isEqualTo(outcome(new Outcome.Completed(200, "text/plain")));
        assertThat(lines("outcome-v1-completed")).containsAll(first.lines().toList());
    }

    @Test
    void anAssignmentIsWrittenAsEverAndReadBack() {
        GoldenFile golden = new GoldenFile("assignment-v1.headers");

        golden.mustBe(
                HeaderText.of(AssignmentRecords.write("t", 1, CALL.workedBy("tiny")).headers()));

        for (String text : List.of(golden.read(), golden.read() + ADDED)) {
            Call read =
                    AssignmentRecords.read(
                            row(HeaderText.parse(text)), _ -> Optional.of(CALL.gpu()));
            assertThat(read.job()).isEqualTo(CALL.job());
            assertThat(read.pool()).isEqualTo(CALL.pool());
            assertThat(read.lease()).isEqualTo(CALL.lease());
            assertThat(read.model()).isEqualTo("tiny");
            assertThat(read.body()).isEqualTo(BODY);
        }
    }

    private static List<String> lines(String name) {
        return new GoldenFile(name + ".headers").read().lines().toList();
    }

    private static ConsumerRecord<String, byte[]> row(Headers headers) {
        return new ConsumerRecord<>(
                "t",
                0,
                7,
                2_000,
                TimestampType.CREATE_TIME,
                0,
                0,
                "executor-2",
                BODY,
                headers,
                Optional.empty());
    }

    private static AttemptOutcome outcome(Outcome outcome) {
        return outcome(outcome, OptionalLong.empty());
    }

    private static AttemptOutcome outcome(Outcome outcome, OptionalLong tokens) {
        return new AttemptOutcome("job-1", 7, "gpu-1", "executor-1", 1_000, 2_000, outcome, tokens);
    }
}
