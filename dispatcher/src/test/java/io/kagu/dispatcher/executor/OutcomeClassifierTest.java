package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

class OutcomeClassifierTest {

    private static final long NOW = 1_800_000_000_000L;

    private final OutcomeClassifier classifier = new OutcomeClassifier(ExecutorConfig.defaults());

    private Outcome classify(int status, Map<String, String> headers, String body) {
        HttpHeaders http =
                HttpHeaders.of(
                        headers.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                entry -> List.of(entry.getValue()))),
                        (name, value) -> true);
        ResponseBody read = new ResponseBody(body.getBytes(StandardCharsets.UTF_8), true);
        return classifier.classify(status, http, read, NOW);
    }

    private static Map<String, String> type(String contentType) {
        return Map.of("content-type", contentType);
    }

    @Test
    void aGoodResponseCompletesAndKeepsItsContentType() {
        assertThat(classify(201, type("application/json; charset=utf-8"), "[1]"))
                .isEqualTo(new Outcome.Completed(201, "application/json; charset=utf-8"));
    }

    @Test
    void whatIsNotJsonIsNotLookedInto() {
        assertThat(classify(200, type("text/event-stream"), "data: {"))
                .isEqualTo(new Outcome.Completed(200, "text/event-stream"));
    }

    @Test
    void aResponseWithoutContentTypeIsOctets() {
        assertThat(classify(204, Map.of(), ""))
                .isEqualTo(new Outcome.Completed(204, "application/octet-stream"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1", "{} {}", "nul", "{\"a\":1}x"})
    void jsonThatIsNotOneWholeValueIsAFault(String body) {
        assertThat(classify(200, type("Application/Problem+JSON"), body))
                .isEqualTo(new Outcome.Fault("HTTP 200 with broken JSON"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void busyMeansLater(int status) {
        assertThat(classify(status, Map.of(), ""))
                .isEqualTo(new Outcome.Overloaded(OptionalLong.empty(), "HTTP " + status));
    }

    @Test
    void theAskedPauseIsBounded() {
        assertThat(classify(503, Map.of("retry-after", "86400"), ""))
                .isEqualTo(new Outcome.Overloaded(OptionalLong.of(300_000), "HTTP 503"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 304, 500, 501, 502, 504, 599})
    void everyOtherServerErrorAndEveryRedirectIsAFault(int status) {
        assertThat(classify(status, Map.of(), "{\"error\":{\"message\":\"secret\"}}"))
                .isEqualTo(new Outcome.Fault("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 413, 422})
    void everyOtherClientErrorRejectsTheJob(int status) {
        assertThat(classify(status, Map.of(), "not found"))
                .isEqualTo(
                        new Outcome.Rejected("rejected", OptionalInt.of(status), "HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"no such model\"}}",
                "{\"object\":\"error\",\"message\":\"no such model\"}",
                "{\"detail\":\"no such\\nmodel\"}",
                "{\"error\":\"no such model\"}"
            })
    void theServersSentenceIsFoundWhereverItStands(String body) {
        assertThat(classify(404, Map.of(), body))
                .isEqualTo(
                        new Outcome.Rejected(
                                "rejected", OptionalInt.of(404), "HTTP 404: no such model"));
    }

    @Test
    void theServersSentenceIsBounded() {
        String body = "{\"error\":{\"message\":\"" + "x".repeat(5000) + "\"}}";

        assertThat(classify(400, Map.of(), body))
                .isEqualTo(
                        new Outcome.Rejected(
                                "rejected",
                                OptionalInt.of(400),
                                "HTTP 400: " + "x".repeat(ErrorMessage.MAX_LENGTH)));
    }
}
