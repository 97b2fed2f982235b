package io.kagu.dispatcher.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.Ports;
import io.kagu.common.gpu.ServedModel;
import io.kagu.dispatcher.core.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** How calls to real HTTP servers end. */
class ExecutorCallsTest {

    private static final String JSON = "Content-Type: application/json\r\n";

    private final ExecutorRig rig = ExecutorRig.start();

    @AfterEach
    void stop() {
        rig.close();
    }

    private RecordingOutcomes.Published outcomeOf(Call call) {
        rig.executor().submit(call);
        return rig.outcomes().only();
    }

    private Outcome outcomeAt(ScriptedGpu gpu) {
        return outcomeOf(CallBuilder.to(gpu).build()).outcome();
    }

    @Test
    void aResponseCompletesTheCallWithItsBody() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{\"answer\":42}")) {
            var published = outcomeOf(CallBuilder.to(gpu).attempt(3).build());

            assertThat(published.outcome())
                    .isEqualTo(new Outcome.Completed(200, "application/json"));
            assertThat(published.body()).isEqualTo("{\"answer\":42}");
            assertThat(published.pool()).isEqualTo("pool-1");
            assertThat(published.attempt().jobId()).isEqualTo("job-1");
            assertThat(published.attempt().attempt()).isEqualTo(3);
            assertThat(published.attempt().gpu()).isEqualTo("gpu-1");
            assertThat(published.attempt().executor()).isEqualTo(ExecutorRig.INCARNATION);
            assertThat(published.attempt().endedAt())
                    .isGreaterThanOrEqualTo(published.attempt().startedAt());
        }
    }

    @Test
    void theTokensThatTheServerCountedAreInTheOutcome() {
        String usage = "{\"usage\":{\"prompt_tokens\":40,\"total_tokens\":42}}";
        try (ScriptedGpu gpu = ScriptedGpu.json(200, usage)) {
            assertThat(outcomeOf(CallBuilder.to(gpu).build()).attempt().tokens()).hasValue(42);
        }
    }

    @Test
    void theTokensOfACallThatTheServerRefusedAreUnknown() {
        try (ScriptedGpu gpu = ScriptedGpu.json(400, "{\"usage\":{\"total_tokens\":42}}")) {
            assertThat(outcomeOf(CallBuilder.to(gpu).build()).attempt().tokens()).isEmpty();
        }
    }

    @Test
    void theRequestCarriesTheBodyUntouchedAndNamesJobAndAttempt() {
        String body =
                "{ \"model\" : \"small\", \"n\": 1.000000000000000000001, \"x\":\"\\u00e9é\" }";
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            outcomeOf(CallBuilder.to(gpu).body(body).attempt(2).build());

            ScriptedGpu.Request request = gpu.requests().getFirst();
            assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(request.body()).isEqualTo(body);
            assertThat(request.headers())
                    .containsEntry("Content-Type", "application/json")
                    .containsEntry("Accept", "*/*")
                    .containsEntry("X-Request-Id", "job-1")
                    .containsEntry("X-Kagu-Job", "job-1")
                    .containsEntry("X-Kagu-Attempt", "2")
                    .doesNotContainKey("Authorization");
        }
    }

    @Test
    void anAliasBecomesTheServersOwnName() {
        ServedModel served =
                new ServedModel("small", List.of("standard"), Optional.of("org/small-7b"));
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            outcomeOf(
                    CallBuilder.to(gpu)
                            .serving(served)
                            .asking("standard")
                            .body("{\"n\": 1.0, \"model\": \"standard\"}")
                            .build());

            assertThat(gpu.requests().getFirst().body())
                    .isEqualTo("{\"n\": 1.0, \"model\": \"org/small-7b\"}");
        }
    }

    @Test
    void theTokenOfTheNamedVariableIsSent() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            outcomeOf(CallBuilder.to(gpu).credentialEnv(ExecutorRig.TOKEN_VARIABLE).build());

            assertThat(gpu.requests().getFirst().headers())
                    .containsEntry("Authorization", "Bearer secret-1");
        }
    }

    @Test
    void aMissingCredentialVariableIsAFaultThatNamesIt() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            var published = outcomeOf(CallBuilder.to(gpu).credentialEnv("NO_SUCH").build());

            assertThat(published.outcome())
                    .isEqualTo(new Outcome.Fault("credential variable NO_SUCH is not set"));
            assertThat(gpu.requests()).isEmpty();
        }
    }

    @Test
    void aContentTypeThatNoHeaderCanCarryIsRejected() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            var published = outcomeOf(CallBuilder.to(gpu).contentType("a\r\nb: c").build());

            assertThat(published.outcome())
                    .isEqualTo(
                            new Outcome.Rejected(
                                    "rejected",
                                    OptionalInt.empty(),
                                    "content type cannot be sent"));
        }
    }

    @Test
    void aRefusedConnectionIsAFault() {
        int port = new Ports(ThreadLocalRandom.current()).free();
        var published = outcomeOf(CallBuilder.to(URI.create("http://127.0.0.1:" + port)).build());

        assertThat(published.outcome()).isEqualTo(new Outcome.Fault("cannot connect"));
    }

    @Test
    void anEndpointThatIsNoHttpUrlIsAFault() {
        var published = outcomeOf(CallBuilder.to(URI.create("ftp://127.0.0.1")).build());

        assertThat(published.outcome())
                .isEqualTo(new Outcome.Fault("the GPU's endpoint cannot be called"));
    }

    @Test
    void aServerErrorIsAFaultWithoutItsBody() {
        try (ScriptedGpu gpu = ScriptedGpu.json(500, "{\"error\":{\"message\":\"a prompt\"}}")) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("HTTP 500"));
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (ScriptedGpu gpu = ScriptedGpu.answering(307, "Location: /elsewhere\r\n", "")) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("HTTP 307"));
            assertThat(gpu.requests()).hasSize(1);
        }
    }

    @Test
    void aBusyServerIsOverloadedForTheTimeItAsksFor() {
        try (ScriptedGpu gpu = ScriptedGpu.answering(429, "Retry-After: 7\r\n", "slow down")) {
            assertThat(outcomeAt(gpu))
                    .isEqualTo(new Outcome.Overloaded(OptionalLong.of(7000), "HTTP 429"));
        }
    }

    @Test
    void aRefusedJobIsRejectedWithTheServersSentence() {
        try (ScriptedGpu gpu = ScriptedGpu.json(400, "{\"error\":{\"message\":\"too long\"}}")) {
            var published = outcomeOf(CallBuilder.to(gpu).build());

            assertThat(published.outcome())
                    .isEqualTo(
                            new Outcome.Rejected(
                                    "rejected", OptionalInt.of(400), "HTTP 400: too long"));
            assertThat(published.body()).isEmpty();
        }
    }

    @Test
    void brokenJsonIsAFault() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{\"answer\":")) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("HTTP 200 with broken JSON"));
        }
    }

    @Test
    void aResponseThatIsNoHttpIsAFault() {
        try (ScriptedGpu gpu = ScriptedGpu.playing(exchange -> exchange.send("hello\r\n\r\n"))) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("broken HTTP response"));
        }
    }

    @Test
    void aConnectionDroppedBeforeTheResponseIsAFault() {
        try (ScriptedGpu gpu = ScriptedGpu.playing(ScriptedGpu.Exchange::drop)) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("connection lost"));
            assertThat(gpu.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionDroppedInTheBodyIsAFault() {
        try (ScriptedGpu gpu =
                ScriptedGpu.playing(exchange -> {
                    exchange.send(
                            ScriptedGpu.Exchange.head(200, JSON + "Content-Length: 100\r\n")
                                    + "{\"half\":");
                    exchange.drop();
                })) {
            assertThat(outcomeAt(gpu)).isEqualTo(new Outcome.Fault("connection lost"));
        }
    }

    @Test
    void aServerThatNeverAnswersTimesOutAndLosesItsConnection() {
        try (ScriptedGpu gpu = ScriptedGpu.silent()) {
            var published = outcomeOf(CallBuilder.to(gpu).timeoutSeconds(2).build());

            assertThat(published.outcome()).isEqualTo(new Outcome.Fault("timed out after 2 s"));
            await().until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void aServerThatStallsInTheBodyTimesOutAndLosesItsConnection() {
        try (ScriptedGpu gpu =
                ScriptedGpu.playing(exchange -> {
                    exchange.send(
                            ScriptedGpu.Exchange.head(200, JSON + "Content-Length: 100\r\n")
                                    + "{\"half\":");
                    exchange.awaitHangUp();
                })) {
            var published = outcomeOf(CallBuilder.to(gpu).timeoutSeconds(2).build());

            assertThat(published.outcome()).isEqualTo(new Outcome.Fault("timed out after 2 s"));
            await().until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void aResponseOverTheLimitIsRejectedAndNotReadToItsEnd() {
        try (ScriptedGpu gpu =
                ScriptedGpu.playing(exchange -> {
                    exchange.send(ScriptedGpu.Exchange.head(200, "Transfer-Encoding: chunked\r\n"));
                    for (int i = 0; i < 11; i++) {
                        exchange.send("2710\r\n" + "x".repeat(10_000) + "\r\n");
                    }
                    exchange.awaitHangUp();
                })) {
            assertThat(outcomeAt(gpu))
                    .isEqualTo(
                            new Outcome.Rejected(
                                    "response_too_large",
                                    OptionalInt.of(200),
                                    "the response is larger than 100000 bytes"));
            await().until(() -> gpu.hangUps() == 1);
        }
    }

    @Test
    void aResponseOfExactlyTheLimitIsKept() {
        String body = "x".repeat(ExecutorRig.MAX_RESPONSE_BYTES);
        try (ScriptedGpu gpu = ScriptedGpu.answering(200, "Content-Type: text/plain\r\n", body)) {
            var published = outcomeOf(CallBuilder.to(gpu).build());

            assertThat(published.outcome()).isEqualTo(new Outcome.Completed(200, "text/plain"));
            assertThat(published.body()).isEqualTo(body);
        }
    }

    @Test
    void anErrorWithALongBodyIsStillToldByItsStatus() {
        String body = "x".repeat(BoundedBody.ERROR_LIMIT + 1000);
        try (ScriptedGpu gpu = ScriptedGpu.json(422, body)) {
            assertThat(outcomeAt(gpu))
                    .isEqualTo(new Outcome.Rejected("rejected", OptionalInt.of(422), "HTTP 422"));
        }
    }

    @Test
    void callsOneAfterAnotherShareAConnection() {
        try (ScriptedGpu gpu = ScriptedGpu.json(200, "{}")) {
            for (int i = 1; i <= 5; i++) {
                int count = i;
                rig.executor().submit(CallBuilder.to(gpu).id("job-" + i).build());
                await().until(() -> rig.outcomes().all().size() == count);
            }
            assertThat(gpu.connections()).isEqualTo(1);
        }
    }
}
