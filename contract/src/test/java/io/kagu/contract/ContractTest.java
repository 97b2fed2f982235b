package io.kagu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is noticed of answers that are not as described. */
class ContractTest {

    private static final String JOB_NOT_FOUND =
            """
            {"type":"about:blank","title":"Job not found","status":404,"code":"job_not_found",\
            "detail":"There is no such job","job_id":"j"}\
            """;

    private static final Map<String, String> PROBLEM =
            Map.of("Content-Type", "application/problem+json;charset=utf-8");

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static Optional<BrokenContract> broken(
            String request, int status, Map<String, String> headers, String body) {
        String[] words = request.split(" ");
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return Contract.SERVED.broken(
                new Exchange(
                        words[0],
                        words[1],
                        status,
                        HttpHeaders.of(all, (_, _) -> true),
                        new Exchange.Body(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static void assertBroken(Optional<BrokenContract> broken, String why) {
        assertThat(broken).hasValueSatisfying(it -> assertThat(it).hasMessageContaining(why));
    }

    private static Map<String, String> with(
            Map<String, String> headers, String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return all;
    }

    @Test
    void anAnswerAsDescribedPasses() {
        assertThat(broken("GET /v1/jobs/j", 404, PROBLEM, JOB_NOT_FOUND)).isEmpty();
        assertThat(broken("GET /health/live?x=1", 200, JSON, "{\"status\":\"ok\"}")).isEmpty();
        assertThat(broken("HEAD /health/live", 200, JSON, "")).isEmpty();
        assertThat(broken("DELETE /v1/gpus/a", 204, JSON, "")).isEmpty();
    }

    @Test
    void onlyAHeadThatCouldNotBeReadIsRefusedWithABody() {
        String malformed =
                """
                {"type":"about:blank","title":"Bad request","status":400,"code":"bad_request",\
                "detail":"It is malformed"}\
                """;
        assertThat(broken("HEAD /%00", 400, PROBLEM, "")).isEmpty();
        assertThat(broken("HEAD /%00", 400, PROBLEM, malformed)).isEmpty();
        assertBroken(broken("HEAD /v1/jobs/j", 404, PROBLEM, JOB_NOT_FOUND), "without a body");
    }

    @Test
    void aRouteThatIsNotDescribed() {
        assertBroken(broken("GET /v2/jobs", 200, JSON, "{}"), "route is not described");
        assertBroken(broken("PATCH /v1/jobs", 200, JSON, "{}"), "route is not described");
    }

    @Test
    void aStatusThatIsNotDescribed() {
        assertBroken(
                broken("GET /v1/jobs/j", 418, JSON, "{}"),
                "status is not described of GET /v1/jobs/{id}");
    }

    @Test
    void aContentTypeThatIsNotDescribed() {
        assertBroken(
                broken("GET /health/live", 200, Map.of("Content-Type", "text/html"), "ok"),
                "content type is not described");
    }

    @Test
    void aBodyThatIsNotDescribed() {
        assertBroken(broken("DELETE /v1/gpus/a", 204, JSON, "{}"), "body is not described");
        assertBroken(broken("GET /health/live", 200, JSON, ""), "no body");
        assertBroken(broken("GET /health/live", 200, JSON, "{"), "it ends too early");
    }

    @Test
    void aFieldTooManyOrTooFewOrOfAnotherType() {
        assertBroken(broken("GET /health/live", 200, JSON, "{\"status\":\"ok\",\"x\":1}"), "'x'");
        assertBroken(broken("GET /health/live", 200, JSON, "{}"), "'status'");
        assertBroken(
                broken("GET /v1/queue", 200, JSON, "{\"as_of\":7,\"stale\":false,\"pools\":[]}"),
                "/as_of");
        assertBroken(
                broken(
                        "GET /v1/queue",
                        200,
                        JSON,
                        "{\"as_of\":\"today\",\"stale\":false,\"pools\":[]}"),
                "/as_of");
    }

    @Test
    void aHeaderThatIsMissingOrWrongOrNotDescribed() {
        String notReady =
                """
                {"type":"about:blank","title":"Not known yet","status":503,"code":"restoring",\
                "detail":"Ask again","retry_after_seconds":1}\
                """;
        assertThat(broken("GET /v1/jobs", 503, with(PROBLEM, "Retry-After", "1"), notReady))
                .isEmpty();
        assertBroken(broken("GET /v1/jobs", 503, PROBLEM, notReady), "Retry-After is missing");
        assertBroken(
                broken("GET /v1/jobs", 503, with(PROBLEM, "Retry-After", "soon"), notReady),
                "Retry-After is soon");
        assertBroken(
                broken("GET /v1/jobs", 503, with(PROBLEM, "Retry-After", "2"), notReady),
                "retry_after_seconds is not the header");
        assertBroken(
                broken("GET /health/live", 200, with(JSON, "X-New", "1"), "{\"status\":\"ok\"}"),
                "X-New is not described");
    }

    @Test
    void aCodeThatTheRouteDoesNotSay() {
        assertBroken(
                broken(
                        "GET /v1/gpus/g",
                        404,
                        PROBLEM,
                        JOB_NOT_FOUND.replace(",\"job_id\":\"j\"", "")),
                "/code");
    }

    @Test
    void aProblemThatNamesAnotherStatus() {
        assertBroken(
                broken(
                        "GET /v1/jobs/j",
                        404,
                        PROBLEM,
                        JOB_NOT_FOUND.replace("\"status\":404", "\"status\":410")),
                "problem's status is not the answer's");
    }

    @Test
    void aRefusalOfTheServerItselfPassesAnywhere() {
        String refused =
                """
                {"type":"about:blank","title":"Not found","status":404,"code":"no_such_route",\
                "detail":"There is no GET /x"}\
                """;

        assertThat(broken("GET /x", 404, PROBLEM, refused)).isEmpty();
        assertThat(broken("GET /v1/jobs/..", 404, PROBLEM, refused)).isEmpty();
    }

    @Test
    void aFaultInsideIsNeverAsDescribed() {
        String bug =
                """
                {"type":"about:blank","title":"Internal error","status":500,\
                "code":"internal_error","detail":"The request failed here."}\
                """;

        assertBroken(broken("GET /v1/jobs/j", 500, PROBLEM, bug), "failed inside");
    }

    @Test
    void everyLineAndEveryEventIsLookedAt() {
        Map<String, String> lines = Map.of("Content-Type", "application/x-ndjson");
        String good =
                """
                {"line":1,"status":202,"job":{"id":"a","state":"QUEUED","pool":"p",\
                "links":{"self":"/a","result":"/b"}}}
                """;
        Map<String, String> events =
                Map.of(
                        "Content-Type", "text/event-stream;charset=utf-8",
                        "Cache-Control", "no-store",
                        "X-Accel-Buffering", "no");

        assertThat(broken("POST /v1/jobs:batch", 200, lines, good)).isEmpty();
        assertBroken(
                broken("POST /v1/jobs:batch", 200, lines, good + "{\"line\":2,\"status\":202}"),
                "one and only one schema");
        assertThat(broken("GET /v1/events", 200, events, ": \n\nevent: jobs\ndata: {\"jo"))
                .isEmpty();
        assertThat(
                        broken(
                                "GET /v1/events",
                                200,
                                events,
                                "event: jobs\ndata: {\"jobs\":[],\"skipped\":1}\n\n"))
                .isEmpty();
        assertBroken(
                broken("GET /v1/events", 200, events, "event: jobs\ndata: {\"jobs\":[]}\n\n"),
                "event jobs");
        assertBroken(
                broken("GET /v1/events", 200, events, "event: tea\ndata: {}\n\n"),
                "event tea is not described");
    }

    @Test
    void aTestIsEndedByIt() {
        Exchange wrong =
                new Exchange(
                        "GET",
                        "/v9",
                        200,
                        HttpHeaders.of(Map.of(), (_, _) -> true),
                        new Exchange.Body(new byte[0]));

        assertThatThrownBy(() -> Contract.SERVED.require(wrong))
                .isInstanceOf(BrokenContract.class)
                .hasMessageContaining("GET /v9 answered 200");
    }
}
