package io.kagu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.OpenApiRoutes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients in front of a server that does not always keep the contract. */
class ContractClientTest {

    private static final String EVENT = "event: jobs\ndata: {\"jobs\":[]}\n\n";

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final HttpClient http = ContractClient.create();
    private HttpServer server;

    @BeforeEach
    void start() {
        HttpRoutes lying =
                routes -> {
                    routes.get("/v1/queue", ctx -> HttpServer.json(ctx, 200, Map.of("a", 1)));
                    routes.get(
                            "/v1/events",
                            ctx ->
                                    ctx.header("Cache-Control", "no-store")
                                            .header("X-Accel-Buffering", "no")
                                            .contentType("text/event-stream")
                                            .result(EVENT));
                };
        HealthRoutes health =
                new HealthRoutes(
                        Map.of("stores", ready::get),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        server =
                HttpServer.start(
                        new HttpConfig("127.0.0.1", 0, 1024),
                        List.of(lying, health, new OpenApiRoutes()));
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void whatEveryServiceAnswersIsAsDescribed() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        ready.set(false);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(get("/none").statusCode()).isEqualTo(404);
    }

    @Test
    void theDescriptionIsServedAndMayBeKept() throws Exception {
        HttpResponse<String> answer = get("/openapi.yaml");
        String etag = answer.headers().firstValue("ETag").orElseThrow();

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/yaml"));
        assertThat(ApiDescription.of(answer.body().getBytes(StandardCharsets.UTF_8)).root())
                .isEqualTo(ApiDescription.served().root());
        assertThat(
                        http.send(
                                        request("/openapi.yaml")
                                                .header("If-None-Match", etag)
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aCallWhoseAnswerIsNotAsDescribedFails() {
        assertThatThrownBy(() -> get("/v1/queue")).isInstanceOf(BrokenContract.class);
        assertThat(BrokenContracts.take()).hasSize(1);
    }

    @Test
    void soDoesOneThatIsNotWaitedFor() {
        assertThatThrownBy(() ->
                        http.sendAsync(request("/v1/queue").build(), BodyHandlers.ofByteArray())
                                .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(BrokenContract.class);
        assertThat(BrokenContracts.take()).hasSize(1);
    }

    @Test
    void anEventIsJudgedThoughNobodyReadsIt() {
        assertThatThrownBy(
                        () -> http.send(request("/v1/events").build(), BodyHandlers.discarding()))
                .isInstanceOf(BrokenContract.class)
                .hasMessageContaining("event jobs");
        assertThat(BrokenContracts.take()).isNotEmpty();
    }

    @Test
    void whatATestDidNotLookAtFailsItInTheEnd() {
        assertThatThrownBy(() -> get("/v1/queue")).isInstanceOf(BrokenContract.class);

        assertThatThrownBy(ContractExtension::requireNone).isInstanceOf(BrokenContract.class);
        assertThatCode(ContractExtension::requireNone).doesNotThrowAnyException();
    }

    /** Whatever the server refuses before a route sees it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT HTTP/1.1 AT ALL\r\n\r\n",
                "GET /health/live HTTP/1.1\r\n\r\n",
                "GET /health/live HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /health/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /health/%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /../live HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nNo Header\r\n\r\n",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nConnection: close\r\n\r\n",
                "G\u00cbT /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
                "BREW /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\n"
            })
    void whatTheServerItselfRefusesIsAProblem(String request) throws Exception {
        RawAnswer answer = new RawCaller(server.port()).call(request);

        assertThat(answer.status()).isIn(400, 404, 405, 505);
        assertThat(answer.text()).doesNotContain("<", "Exception", "\tat ");
    }

    @Test
    void tooLongAUriIs414AndTooManyHeadersAre431() throws Exception {
        RawCaller raw = new RawCaller(server.port());
        String much = "y".repeat(20_000);

        assertThat(raw.call("GET /" + much + " HTTP/1.1\r\nHost: a\r\n\r\n").status())
                .isEqualTo(414);
        assertThat(raw.call("GET / HTTP/1.1\r\nHost: a\r\nX: " + much + "\r\n\r\n").status())
                .isEqualTo(431);
    }

    @Test
    void registeredRoutesAreFound() {
        assertThat(RegisteredRoutes.of(List.of(new OpenApiRoutes())))
                .isEqualTo(Set.of("GET /openapi.yaml"));
    }
}
