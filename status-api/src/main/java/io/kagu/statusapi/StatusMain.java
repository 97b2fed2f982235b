package io.kagu.statusapi;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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
        ensureTopics(kafka, topics);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, stopped), "stop"));
        boolean interrupted = false;
        try (StatusService service = StatusService.start(config, kafka, topics, registry);
                HttpServer server =
                        HttpServer.start(
                                config.http(),
                                List.of(
                                        service.routes(),
                                        new HealthRoutes(
                                                Map.of("fold", service::ready), registry)))) {
            LOG.atInfo().addKeyValue("port", server.port()).log("status-api serves");
            interrupted = !await(asked);
            service.releaseWaiters();
        } finally {
            stopped.countDown();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ensureTopics(KafkaConfig kafka, TopicConfig topics) {
        try (Admin admin = new KafkaClients(kafka, topics).admin("status-api-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
    }

    /** The process may end only once everything is closed. */
    private static void stop(CountDownLatch asked, CountDownLatch stopped) {
        asked.countDown();
        boolean _ = await(stopped);
    }

    /** Returns false when interrupted; the caller closes in peace before it passes that on. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
