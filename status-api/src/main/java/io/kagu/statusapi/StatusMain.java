package io.kagu.statusapi;

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
import io.kagu.common.topic.TopicSpec;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.TopicWatch;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the status service as a process of its own. */
public final class StatusMain {

    private static final Logger LOG = LoggerFactory.getLogger(StatusMain.class);

    private StatusMain() {}

    /** Serves until the process is asked to stop or this thread is interrupted. */
    public static void run(Map<String, String> environment) {
        Settings settings = StatusConfig.table().read(SettingSource.of(environment));
        StatusConfig config = StatusConfig.of(settings);
        KafkaConfig kafka = CommonSettings.kafka(settings);
        TopicConfig topics = CommonSettings.topics(settings);
        List<TopicSpec> table = TopicTable.of(topics);
        KafkaClients clients = new KafkaClients(kafka, topics);
        try (Admin admin = clients.admin("status-api-topics")) {
            new TopicProvisioner(admin).ensure(table);
        }
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        EndSignal end = EndSignal.install();
        try (TopicWatch watch = TopicWatch.start(clients.admin("status-api-watch"), table);
                StatusService service = StatusService.start(config, kafka, topics, registry);
                HttpServer server =
                        HttpServer.start(
                                config.http(),
                                List.of(
                                        service.routes(),
                                        new OpenApiRoutes(),
                                        new HealthRoutes(
                                                Map.of(
                                                        "fold",
                                                        service::ready,
                                                        "topics",
                                                        watch::intact),
                                                registry)))) {
            CompletableFuture<Void> _ = watch.trouble().thenAccept(end::fail);
            CompletableFuture<Void> _ = service.failure().thenAccept(end::fail);
            LOG.atInfo().addKeyValue("port", server.port()).log("status-api serves");
            end.await();
            service.releaseWaiters();
        } finally {
            end.closed();
        }
    }
}
