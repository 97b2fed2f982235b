package io.kagu.common.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

final class HttpServerTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final HttpConfig CONFIG = new HttpConfig("127.0.0.1", 0, 1000);

    private static HttpServer server;

    @BeforeAll
    static void start() {
        HttpRoutes first =
                routes -> {
                    routes.post("/echo", ctx -> ctx.result(ctx.bodyAsBytes()));
                    routes.post(
                            "/json",
                            ctx ->
                                    HttpServer.json(
                                            ctx, 201, Json.read(ctx.bodyAsBytes(), Map.class)));
                };
        HttpRoutes second =
                routes -> {
                    routes.get(
                            "/busy",
                            _ -> {
                                throw new ProblemException(
                                        Problem.of(503, "overloaded", "Overloaded", "Too much")
                                                .retryAfter(7));
                            });
                    routes.get(
                            "/bug",
                            _ -> {
                                throw new IllegalStateException("secret detail");
                            });
                    routes.get(
                            "/error",
                            _ -> {
                                throw new StackOverflowError("secret detail");
                            });
                    routes.get("/virtual", ctx -> ctx.result(Thread.currentThread().toString()));
                };
        server = HttpServer.start(CONFIG, List.of(first, second));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> send(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return CLIENT.send(
                HttpRequest.newBuilder(uri).method(method, body).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith(Problem.MEDIA_TYPE));
        JsonNode problem = Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("secret", "Exception", "at io.");
        return problem;
    }

    @Test
    void routesOfSeveralGroupsAnswerOnOnePort() throws Exception {
        assertThat(send("POST", "/echo", BodyPublishers.ofString("hello")).body())
                .isEqualTo("hello");
        assertThat(get("/virtual").body()).contains("VirtualThread");
    }

    @Test
    void jsonIsAnsweredWithItsTypeAndStatus() throws Exception {
        HttpResponse<String> answer =
                send("POST", "/json", BodyPublishers.ofString("{\"aB\":\"ü\"}"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"aB\":\"ü\"}");
    }

    @Test
    void anUnknownPathIs404() throws Exception {
        assertThat(problem(get("/none"), 404, "no_such_route").path("detail").asText())
                .isEqualTo("There is no GET /none");
    }

    @Test
    void anotherMethodOfAKnownPathIs405() throws Exception {
        problem(get("/echo"), 405, "method_not_allowed");
    }

    @Test
    void aBodyOverTheLimitIs413() throws Exception {
        byte[] body = new byte[1001];

        problem(send("POST", "/echo", BodyPublishers.ofByteArray(body)), 413, "body_too_large");
    }

    @Test
    void aBodyOverTheLimitIs413WhenItsLengthIsNotToldBefore() throws Exception {
        BodyPublisher chunked =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[5000]));

        problem(send("POST", "/echo", chunked), 413, "body_too_large");
    }

    @Test
    void aBodyAtTheLimitPasses() throws Exception {
        assertThat(send("POST", "/echo", BodyPublishers.ofByteArray(new byte[1000])).statusCode())
                .isEqualTo(200);
    }

    @Test
    void malformedJsonIs400AndNotQuoted() throws Exception {
        JsonNode problem =
                problem(
                        send("POST", "/json", BodyPublishers.ofString("{\"a\": secret}")),
                        400,
                        "bad_json");

        assertThat(problem.path("detail").asText()).contains("line 1");
    }

    @Test
    void aProblemThatAsksToComeBackSetsRetryAfter() throws Exception {
        HttpResponse<String> answer = get("/busy");

        problem(answer, 503, "overloaded");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void aBugIs500WithoutAWordOfIt() throws Exception {
        problem(get("/bug"), 500, "internal_error");
    }

    @Test
    void evenAnErrorOfTheVirtualMachineIsAProblem() throws Exception {
        problem(get("/error"), 500, "internal_error");
    }

    @Test
    void whatIsNotHttpIsRefusedWithoutAStackTrace() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("NOT HTTP/1.1 AT ALL\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void aRequestThatDoesNotEndDoesNotHoldTheCloseUp() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        HttpServer busy =
                HttpServer.start(
                        CONFIG,
                        List.of(routes ->
                                routes.get(
                                        "/hang",
                                        _ -> {
                                            arrived.countDown();
                                            never.await();
                                        })));
        URI uri = URI.create("http://127.0.0.1:" + busy.port() + "/hang");
        CompletableFuture<HttpResponse<String>> answer =
                CLIENT.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        arrived.await();

        busy.close();

        assertThat(answer).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aTakenPortIsToldWithWhatToDo() {
        HttpConfig taken = new HttpConfig("127.0.0.1", server.port(), 1000);

        assertThatThrownBy(() -> HttpServer.start(taken, List.of()))
                .isInstanceOf(HttpStartException.class)
                .hasMessage(
                        "port %d on 127.0.0.1 is taken by another process:".formatted(server.port())
                                + " stop it or choose another port");
    }
}
