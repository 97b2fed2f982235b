package io.kagu.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

class HealthRoutesTest {

    private final AtomicBoolean registryRead = new AtomicBoolean(true);
    private final PrometheusMeterRegistry metrics =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() {
        HealthRoutes routes =
                new HealthRoutes(
                        Map.of("registry", registryRead::get, "stores", () -> true), metrics);
        server = HttpServer.start(new HttpConfig("127.0.0.1", 0, 1024), List.of(routes));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void aServiceThatIsNotReadyIsStillAlive() throws Exception {
        registryRead.set(false);

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void readyIsWhenEveryPartIs() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotReadyIsNamed() throws Exception {
        registryRead.set(false);

        HttpResponse<String> answer = get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"not_ready\":[\"registry\"]");
    }

    @Test
    void metricsAreInPrometheusText() throws Exception {
        metrics.counter("kagu.test").increment();

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("kagu_test_total 1.0");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
