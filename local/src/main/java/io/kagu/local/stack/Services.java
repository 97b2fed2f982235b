package io.kagu.local.stack;

import io.kagu.common.http.HttpRoutes;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.dispatcher.DispatcherConfig;
import io.kagu.dispatcher.DispatcherService;
import io.kagu.ingest.IngestConfig;
import io.kagu.ingest.IngestService;
import io.kagu.statusapi.StatusConfig;
import io.kagu.statusapi.StatusService;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.streams.errors.ProcessorStateException;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** The three services in this process. */
final class Services implements AutoCloseable {

    private final CompletableFuture<IngestService> ingest = new CompletableFuture<>();
    private final CompletableFuture<DispatcherService> dispatcher = new CompletableFuture<>();
    private final CompletableFuture<StatusService> status = new CompletableFuture<>();

    private Services() {}

    /** Starts all three at the same time; they may not be ready yet. */
    static Services start(
            LocalStackConfig config, KafkaConfig kafka, TopicConfig topics, MeterRegistry meters) {
        String bootstrap = kafka.bootstrap();
        var forIngest =
                IngestConfig.of(ServiceSettings.of(IngestConfig.table(), config, bootstrap));
        var forDispatcher =
                DispatcherConfig.of(
                        ServiceSettings.of(DispatcherConfig.table(), config, bootstrap));
        var forStatus =
                StatusConfig.of(ServiceSettings.of(StatusConfig.table(), config, bootstrap));
        Services services = new Services();
        try {
            Together.run(
                    List.of(
                            () ->
                                    services.dispatcher.complete(
                                            DispatcherService.start(
                                                    forDispatcher, kafka, topics, meters)),
                            () ->
                                    services.status.complete(
                                            StatusService.start(forStatus, kafka, topics, meters)),
                            () ->
                                    services.ingest.complete(
                                            IngestService.start(
                                                    forIngest, kafka, topics, meters))));
        } catch (RuntimeException e) {
            services.close();
            throw new StackException(reason(e, new Folders(config.dataDir())), e);
        }
        return services;
    }

    private static String reason(RuntimeException e, Folders folders) {
        String message = "the services could not start: " + e.getMessage();
        return e instanceof ProcessorStateException
                ? "%s. Delete %s and %s and start again: they are rebuilt from Kafka, nothing is lost"
                        .formatted(message, folders.dispatcher(), folders.status())
                : message;
    }

    List<HttpRoutes> routes() {
        return List.of(ingest.join().routes(), status.join().routes(), dispatcher.join().routes());
    }

    /** By name, whether each part is ready. */
    Map<String, BooleanSupplier> readiness() {
        Map<String, BooleanSupplier> parts = new TreeMap<>();
        parts.put("ingest", ingest.join()::ready);
        parts.put("dispatcher", dispatcher.join()::ready);
        parts.put("status-api", status.join()::ready);
        return parts;
    }

    /** Answers everybody who waits for a result with what is true now. */
    void releaseWaiters() {
        status.join().releaseWaiters();
    }

    @Override
    public void close() {
        Together.run(List.of(() -> end(ingest), () -> end(dispatcher), () -> end(status)));
    }

    private static boolean end(CompletableFuture<? extends AutoCloseable> service)
            throws Exception {
        if (service.isDone()) {
            service.join().close();
        }
        return true;
    }
}
