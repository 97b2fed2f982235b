package io.kagu.ingest;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.admission.Thresholds.Percent;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.contract.ContractClient;
import io.kagu.ingest.core.gpu.DownRule;
import io.kagu.ingest.scrape.ScrapeConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An ingest service on a real Kafka behind its own HTTP server, with eyes on its topics. */
final class RunningIngest implements AutoCloseable {

    static final int MAX_BODY = 64 * 1024;
    static final int BATCH_LINES = 20;

    /** Long enough for a machine under load, as no test here waits for it. */
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(60);

    private static final ScrapeConfig SCRAPE =
            new ScrapeConfig(Duration.ofMillis(200), Duration.ofSeconds(5), 3, DownRule.DEFAULT);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Topics topics;
    private final KafkaClients clients;
    private final IngestService service;
    private final HttpServer server;
    private final HttpClient http = ContractClient.create();

    private RunningIngest(
            KafkaConfig kafka, TopicConfig shape, Optional<Path> gpus, Duration storeTimeout) {
        this.topics = new Topics(shape.prefix());
        this.clients = new KafkaClients(kafka, shape);
        HttpConfig address = new HttpConfig("127.0.0.1", 0, MAX_BODY);
        this.service =
                IngestService.start(
                        new IngestConfig(
                                address,
                                gpus,
                                Thresholds.of(50, Percent.DEFAULT),
                                storeTimeout,
                                BATCH_LINES,
                                Optional.empty(),
                                SCRAPE),
                        kafka,
                        shape,
                        metrics);
        this.server =
                HttpServer.start(
                        address,
                        List.of(service.routes(), new HealthRoutes(service.readiness(), metrics)));
    }

    static RunningIngest start(String bootstrap, String prefix, Optional<Path> gpus) {
        return start(bootstrap, prefix, gpus, STORE_TIMEOUT);
    }

    static RunningIngest start(
            String bootstrap, String prefix, Optional<Path> gpus, Duration storeTimeout) {
        KafkaConfig kafka = KafkaConfig.of(bootstrap);
        TopicConfig shape = new TopicConfig(prefix, 2, (short) 1, MAX_BODY, MAX_BODY, 1);
        try (Admin admin = new KafkaClients(kafka, shape).admin("test-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(shape));
        }
        return new RunningIngest(kafka, shape, gpus, storeTimeout);
    }

    /** What a caller got. */
    record Reply(int status, HttpResponse<String> raw) {

        JsonNode json() {
            return Json.tree(raw.body().getBytes(StandardCharsets.UTF_8));
        }

        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        List<JsonNode> lines() {
            return raw.body()
                    .lines()
                    .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
        }
    }

    boolean ready() {
        return service.ready();
    }

    int port() {
        return server.port();
    }

    HttpRoutes routes() {
        return service.routes();
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Reply post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                withHeaders(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    Reply post(String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(
                withHeaders(path, headers)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build());
    }

    Reply put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    Reply delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return send(
                request(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest.Builder withHeaders(String path, String... headers) {
        HttpRequest.Builder builder = request(path);
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private HttpRequest.Builder request(String path) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(answer.statusCode(), answer);
    }

    /** Everything a topic holds now. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (Consumer<String, byte[]> consumer =
                clients.follower("test-reader", Duration.ofMillis(100))) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(POLL).forEach(records::add);
            }
            return records;
        }
    }

    /** Writes a record as another service would. */
    void write(String topic, String key, byte[] value) throws Exception {
        try (Producer<String, byte[]> producer = clients.producer("test-writer", 0)) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    @Override
    public void close() {
        http.close();
        server.close();
        service.close();
    }
}
