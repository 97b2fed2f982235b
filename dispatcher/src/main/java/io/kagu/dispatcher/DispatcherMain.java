package io.kagu.dispatcher;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingSource;
import io.kagu.common.config.Settings;
import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.OpenApiRoutes;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.process.EndSignal;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.TopicWatch;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.clients.admin.Admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Composition root of a dispatcher process. */
public final class DispatcherMain {

    private DispatcherMain() {}

    /** Runs a replica until the process is told to stop or this thread is interrupted. */
    public static void run(Map<String, String> environment) {
        Settings settings = DispatcherConfig.table().read(SettingSource.of(environment));
        DispatcherConfig config = DispatcherConfig.of(settings);
        KafkaConfig kafka = CommonSettings.kafka(settings);
        TopicConfig topics = CommonSettings.topics(settings);
        KafkaClients clients = new KafkaClients(kafka, topics);
        try (Admin admin = clients.admin("dispatcher-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        EndSignal end = EndSignal.install();
        try (TopicWatch watch =
                        TopicWatch.start(
                                clients.admin("dispatcher-watch"),
                                DispatcherTopics.watched(topics));
                DispatcherService service = DispatcherService.start(config, kafka, topics, meters);
                HttpServer _ =
                        HttpServer.start(
                                config.http(),
                                List.of(
                                        new HealthRoutes(
                                                Map.of(
                                                        "streams",
                                                        service::ready,
                                                        "topics",
                                                        watch::intact),
                                                meters),
                                        new OpenApiRoutes(),
                                        service.routes()))) {
            CompletableFuture<Void> _ = watch.trouble().thenAccept(end::fail);
            CompletableFuture<Void> _ = service.failure().thenAccept(end::fail);
            end.await();
            // Before anything else is closed: pools stand still until others have them.
            service.leave();
        } finally {
            end.closed();
        }
    }
}
