package io.kagu.statusapi;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.contract.ContractClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One status service with its server. */
final class StatusReplica implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final HttpClient HTTP = ContractClient.create();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StatusService service;
    private final HttpServer server;

    private StatusReplica(StatusConfig config, KafkaConfig kafka, TopicConfig topics) {
        service = StatusService.start(config, kafka, topics, registry);
        server = HttpServer.start(config.http(), List.of(service.routes()));
    }

    static StatusReplica start(KafkaConfig kafka, TopicConfig topics, Path dir, int standbys) {
        HttpConfig listen = new HttpConfig("127.0.0.1", 0, 1 << 16).withRealPort();
        StatusConfig config =
                new StatusConfig(
                        listen,
                        dir,
                        Duration.ofHours(24),
                        Duration.ofDays(7),
                        10_000,
                        10,
                        new ReplicaAddress("127.0.0.1", listen.port()),
                        standbys,
                        Thresholds.of(50, Thresholds.Percent.DEFAULT));
        StatusReplica replica = new StatusReplica(config, kafka, topics);
        await().atMost(READY).until(replica.service::ready);
        return replica;
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpRoutes routes() {
        return service.routes();
    }

    int port() {
        return server.port();
    }

    /** One try. */
    HttpResponse<String> tryOnce(HttpRequest.Builder request) {
        return send(request).join();
    }

    HttpResponse<String> tryOnce(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return tryOnce(request.GET());
    }

    /** As any client does, it asks again while the stores move or the fold is behind. */
    HttpResponse<String> get(String path, String... headers) {
        return await().atMost(READY)
                .until(() -> tryOnce(path, headers), answer -> answer.statusCode() != 503);
    }

    JsonNode json(String path) {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<byte[]>> sendForBytes(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Takes no more requests but stays in the group, as one that others cannot reach. */
    void cutOff() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        service.close();
    }
}
