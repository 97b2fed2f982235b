package io.kagu.ingest;

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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Composition root of the ingest role. */
public final class IngestMain {

    private static final Logger LOG = LoggerFactory.getLogger(IngestMain.class);

    private IngestMain() {}

    /**
     * Runs the role until the process is told to end or this thread is interrupted.
     *
     * @param environment the process's, or what stands for it
     */
    public static void run(Map<String, String> environment) {
        Settings settings = IngestConfig.table().read(SettingSource.of(environment));
        IngestConfig config = IngestConfig.of(settings);
        KafkaConfig kafka = CommonSettings.kafka(settings);
        TopicConfig topics = CommonSettings.topics(settings);
        List<TopicSpec> table = TopicTable.of(topics);
        KafkaClients clients = new KafkaClients(kafka, topics);
        try (Admin admin = clients.admin("kagu-ingest-topics")) {
            new TopicProvisioner(admin).ensure(table);
        }

        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        EndSignal end = EndSignal.install();
        try (TopicWatch watch = TopicWatch.start(clients.admin("kagu-ingest-watch"), table);
                IngestService service = IngestService.start(config, kafka, topics, metrics);
                HttpServer server =
                        HttpServer.start(
                                config.http(),
                                List.of(
                                        service.routes(),
                                        new OpenApiRoutes(),
                                        new HealthRoutes(readiness(service, watch), metrics)))) {
            CompletableFuture<Void> _ = watch.trouble().thenAccept(end::fail);
            LOG.atInfo()
                    .addKeyValue("host", config.http().host())
                    .addKeyValue("port", server.port())
                    .log("ingest takes submissions");
            end.await();
        } finally {
            end.closed();
        }
    }

    private static Map<String, BooleanSupplier> readiness(IngestService service, TopicWatch watch) {
        Map<String, BooleanSupplier> all = new TreeMap<>(service.readiness());
        all.put("topics", watch::intact);
        return all;
    }
}
