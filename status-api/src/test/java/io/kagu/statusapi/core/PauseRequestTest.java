package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class PauseRequestTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", " {} "})
    void nothingSaidIsTheWholePoolUntilItIsResumed(String body) {
        assertThat(read(body))
                .isEqualTo(new Pause(PauseScope.POOL, Optional.empty(), Optional.empty()));
    }

    @Test
    void everyFieldIsRead() {
        String body =
                """
                {"priority":"low","model":"m","for_s":600,"reason":"night"}\
                """;

        assertThat(read(body))
                .isEqualTo(
                        new Pause(
                                new PauseScope(Optional.of(Priority.LOW), Optional.of("m")),
                                Optional.of(NOW.plusSeconds(600)),
                                Optional.of("night")));
    }

    @Test
    void anEndMayBeATime() {
        assertThat(read("{\"until\":\"2026-01-03T00:00:00Z\"}").until())
                .contains(Instant.parse("2026-01-03T00:00:00Z"));
    }

    @Test
    void theBoundsOfATimeAreAllowed() {
        long longest = Duration.ofDays(366).toSeconds();

        assertThat(read("{\"for_s\":1}").until()).contains(NOW.plusSeconds(1));
        assertThat(read("{\"for_s\":" + longest + "}").until()).contains(NOW.plusSeconds(longest));
        assertThat(fault("{\"for_s\":" + (longest + 1) + "}").field()).isEqualTo("for_s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"priority":"urgent"}                                 | priority
                    {"priority":"LOW"}                                    | priority
                    {"priority":""}                                       | priority
                    {"model":" "}                                         | model
                    {"model":""}                                          | model
                    {"reason":""}                                         | reason
                    {"for_s":0}                                           | for_s
                    {"for_s":-5}                                          | for_s
                    {"for_s":9223372036854775807}                         | for_s
                    {"for_s":60,"until":"2026-01-03T00:00:00Z"}           | for_s
                    {"until":"tomorrow"}                                  | until
                    {"until":"2026-01-02T03:04:05Z"}                      | until
                    {"until":"2025-01-01T00:00:00Z"}                      | until
                    {"until":"2028-01-01T00:00:00Z"}                      | until
                    {"until":"+999999999-12-31T23:59:59Z"}                | until
                    {"for":"10m"}                                         | body
                    {"for_s":1.5}                                         | body
                    {"for_s":"soon"}                                      | body
                    {"for_s":99999999999999999999}                        | body
                    {"priority":["low"]}                                  | body
                    {"model":{}}                                          | body
                    []                                                    | body
                    "low"                                                 | body
                    {                                                     | body
                    {} {}                                                 | body
                    nonsense                                              | body
                    """)
    void whatCannotBeTakenIsNamed(String body, String field) {
        FieldException fault = fault(body);

        assertThat(fault.field()).isEqualTo(field);
        assertThat(fault.allowed()).isNotBlank();
    }

    @Test
    void aTextIsNoLongerThanItMayBe() {
        assertThat(read("{\"reason\":\"" + "x".repeat(200) + "\"}").reason()).isPresent();
        assertThat(fault("{\"reason\":\"" + "x".repeat(201) + "\"}").field()).isEqualTo("reason");
        assertThat(fault("{\"model\":\"" + "x".repeat(201) + "\"}").field()).isEqualTo("model");
    }

    @Test
    void whatWasSentIsNotSaidAgain() {
        assertThat(fault("{\"secret\":1}")).hasMessageNotContaining("secret");
    }

    private static FieldException fault(String body) {
        FieldException fault = catchThrowableOfType(FieldException.class, () -> read(body));
        assertThat(fault).as(body).isNotNull();
        return fault;
    }

    private static Pause read(String body) {
        return PauseRequest.read(body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
