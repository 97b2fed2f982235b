package io.kagu.local.stack;

import io.kagu.broker.BrokerConfig;
import io.kagu.broker.EmbeddedBroker;
import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.OpenApiRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One start of a stack: what can go on at the same time does. */
final class StackStart {

    private static final String HOST = "127.0.0.1";
    private static final long READY_SECONDS = 60;
    private static final long READY_CHECK_MILLIS = 20;

    private final LocalStackConfig config;
    private final Folders folders;
    private final Parts parts = new Parts();
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    StackStart(LocalStackConfig config) {
        this.config = config.withRealPort();
        this.folders = new Folders(config.dataDir());
    }

    LocalStack run() {
        try {
            TopicConfig topics = config.topics();
            requireFreePort();
            parts.add(FolderLock.take(folders));
            CompletableFuture<EmbeddedBroker> broker = new CompletableFuture<>();
            CompletableFuture<GpuSet> gpus = new CompletableFuture<>();
            Together.run(
                    List.of(
                            () -> broker.complete(parts.add(startBroker())),
                            () -> gpus.complete(parts.add(GpuSet.of(config.gpus())))));
            KafkaConfig kafka = KafkaConfig.of(broker.join().bootstrapServers());
            new TopicSetup(new KafkaClients(kafka, topics), topics).run(gpus.join().registry());
            Services services = parts.add(Services.start(config, kafka, topics, meters));
            HttpServer http = serve(services, topics);
            awaitReady(services.readiness(), broker.join());
            return new LocalStack(config.dataDir(), parts, broker.join(), gpus.join(), http.port());
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Said before anything is started: a busy port is the most common fault. */
    private void requireFreePort() {
        if (config.port() == 0) {
            return;
        }
        try (ServerSocket _ =
                new ServerSocket(config.port(), 1, InetAddress.getLoopbackAddress())) {
            return;
        } catch (IOException e) {
            throw new StackException(
                    "port %d on %s is taken by another process: stop it or choose another with --port"
                            .formatted(config.port(), HOST),
                    e);
        }
    }

    private EmbeddedBroker startBroker() {
        BrokerConfig broker = BrokerConfig.in(folders.broker());
        return EmbeddedBroker.start(broker.withPort(config.kafkaPort()).withPeakSpeed());
    }

    private HttpServer serve(Services services, TopicConfig topics) {
        List<HttpRoutes> routes = new ArrayList<>(services.routes());
        routes.add(new HealthRoutes(services.readiness(), meters));
        routes.add(new OpenApiRoutes());
        HttpConfig http = new HttpConfig(HOST, config.port(), topics.maxBodyBytes());
        HttpServer server = parts.add(HttpServer.start(http, routes));
        // Whoever waits for a result is answered before the server ends.
        parts.add(services::releaseWaiters);
        return server;
    }

    private void awaitReady(Map<String, BooleanSupplier> readiness, EmbeddedBroker broker) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        List<String> waitingFor = notReady(readiness);
        while (!waitingFor.isEmpty()) {
            if (!broker.isAlive()) {
                throw new StackException("Kafka ended while the services started");
            }
            if (System.nanoTime() > end) {
                throw new StackException(
                        "%s did not become ready in %d s; the log in %s says why"
                                .formatted(
                                        String.join(", ", waitingFor),
                                        READY_SECONDS,
                                        folders.root()));
            }
            pause();
            waitingFor = notReady(readiness);
        }
    }

    private static List<String> notReady(Map<String, BooleanSupplier> readiness) {
        return readiness.entrySet().stream()
                .filter(part -> !part.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(READY_CHECK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
    }
}
