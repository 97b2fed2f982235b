package io.kagu.dispatcher;

import io.kagu.common.config.CommonSettings;
import io.kagu.common.config.SettingSource;
import io.kagu.common.config.Settings;
import io.kagu.common.http.HealthRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.clients.admin.Admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Composition root of a dispatcher process. */
public final class DispatcherMain {

    private DispatcherMain() {}

    /** Runs a replica until the process is told to stop. */
    public static void run(Map<String, String> environment) throws InterruptedException {
        Settings settings = DispatcherConfig.table().read(SettingSource.of(environment));
        DispatcherConfig config = DispatcherConfig.of(settings);
        KafkaConfig kafka = CommonSettings.kafka(settings);
        TopicConfig topics = CommonSettings.topics(settings);
        try (Admin admin = new KafkaClients(kafka, topics).admin("dispatcher-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        DispatcherService service = DispatcherService.start(config, kafka, topics, meters);
        HealthRoutes health = new HealthRoutes(Map.of("streams", service::ready), meters);
        HttpServer server = HttpServer.start(config.http(), List.of(health, service.routes()));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    service.close();
                                },
                                "stop-dispatcher"));
        new CountDownLatch(1).await();
    }
}
