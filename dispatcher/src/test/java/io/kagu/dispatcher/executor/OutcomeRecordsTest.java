package io.kagu.dispatcher.executor;

import static io.kagu.common.codec.CloudEventHeaders.ATTEMPT;
import static io.kagu.common.codec.CloudEventHeaders.ENDED;
import static io.kagu.common.codec.CloudEventHeaders.GPU;
import static io.kagu.common.codec.CloudEventHeaders.ID;
import static io.kagu.common.codec.CloudEventHeaders.OUTCOME;
import static io.kagu.common.codec.CloudEventHeaders.STARTED;
import static io.kagu.common.codec.CloudEventHeaders.STATUS;
import static io.kagu.common.codec.CloudEventHeaders.TYPE;
import static io.kagu.common.codec.CloudEventHeaders.USED_TOKENS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.codec.BadRecordException;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

class OutcomeRecordsTest {

    private static final byte[] BODY = "body".getBytes(StandardCharsets.UTF_8);

    private static Stream<Outcome> everyOutcome() {
        return Stream.of(
                new Outcome.Completed(200, "application/json"),
                new Outcome.Overloaded(OptionalLong.of(1500), "HTTP 429"),
                new Outcome.Overloaded(OptionalLong.empty(), "HTTP 503"),
                new Outcome.Fault("cannot connect"),
                new Outcome.Rejected("rejected", OptionalInt.of(404), "HTTP 404: é"),
                new Outcome.Rejected("response_too_large", OptionalInt.empty(), ""),
                new Outcome.Lost("cut off"),
                new Outcome.Aborted());
    }

    private static ProducerRecord<String, byte[]> written(Outcome outcome) {
        AttemptOutcome attempt =
                new AttemptOutcome("job-1", 7, "gpu-1", "executor-1", 1000, 2000, outcome);
        return OutcomeRecords.write("topic", "pool-1", attempt, BODY);
    }

    @ParameterizedTest
    @MethodSource("everyOutcome")
    void everyOutcomeIsReadAsItWasWritten(Outcome outcome) {
        AttemptOutcome read = OutcomeRecords.read(written(outcome).headers());

        assertThat(read)
                .isEqualTo(
                        new AttemptOutcome("job-1", 7, "gpu-1", "executor-1", 1000, 2000, outcome));
    }

    @Test
    void usedTokensAreReadAsTheyWereWritten() {
        Outcome completed = new Outcome.Completed(200, "application/json");
        AttemptOutcome used =
                new AttemptOutcome(
                        "job-1", 7, "gpu-1", "exec", 1000, 2000, completed, OptionalLong.of(42));

        Headers headers = OutcomeRecords.write("topic", "pool-1", used, BODY).headers();

        assertThat(OutcomeRecords.read(headers)).isEqualTo(used);
        headers.remove(USED_TOKENS);
        assertThat(OutcomeRecords.read(headers).tokens()).isEmpty();
    }

    @Test
    void theRecordIsTheOwnersAndCarriesTheBody() {
        var row = written(new Outcome.Completed(200, "text/plain"));

        assertThat(row.topic()).isEqualTo("topic");
        assertThat(row.key()).isEqualTo("pool-1");
        assertThat(row.value()).isEqualTo(BODY);
        assertThat(text(row.headers(), TYPE)).isEqualTo("io.kagu.outcome.v1");
        assertThat(text(row.headers(), OUTCOME)).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, ATTEMPT, GPU, STARTED, ENDED, OUTCOME, STATUS})
    void aMissingHeaderIsNamed(String header) {
        Headers headers = written(new Outcome.Completed(200, "text/plain")).headers();
        headers.remove(header);

        assertThatThrownBy(() -> OutcomeRecords.read(headers))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(header);
    }

    @ParameterizedTest
    @CsvSource({
        ID + ", not an id",
        ATTEMPT + ", 0",
        STARTED + ", yesterday",
        OUTCOME + ", perhaps",
        STATUS + ", 9"
    })
    void aBadHeaderIsNamed(String header, String value) {
        Headers headers = written(new Outcome.Completed(200, "text/plain")).headers();
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> OutcomeRecords.read(headers))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(header);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
