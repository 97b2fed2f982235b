package io.kagu.ingest;

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
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

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
        ensureTopics(kafka, topics);

        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        EndSignal end = EndSignal.install();
        try (IngestService service = IngestService.start(config, kafka, topics, metrics);
                HttpServer server =
                        HttpServer.start(
                                config.http(),
                                List.of(
                                        service.routes(),
                                        new HealthRoutes(service.readiness(), metrics)))) {
            LOG.atInfo()
                    .addKeyValue("host", config.http().host())
                    .addKeyValue("port", server.port())
                    .log("ingest takes submissions");
            end.await();
        } finally {
            end.ended();
        }
    }

    private static void ensureTopics(KafkaConfig kafka, TopicConfig topics) {
        try (Admin admin = new KafkaClients(kafka, topics).admin("kagu-ingest-topics")) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
    }

    /** Holds the JVM's shutdown back until everything is closed in order. */
    private static final class EndSignal {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        static EndSignal install() {
            EndSignal signal = new EndSignal();
            Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "kagu-ingest-end"));
            return signal;
        }

        private void end() {
            asked.countDown();
            waitFor(done);
        }

        void await() {
            waitFor(asked);
        }

        void ended() {
            done.countDown();
        }

        private static void waitFor(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
