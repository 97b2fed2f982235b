package io.kagu.dispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.contract.ApiDescription;
import io.kagu.contract.ContractClient;
import io.kagu.contract.RegisteredRoutes;
import io.kagu.dispatcher.pool.PlaceDesk;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A replica that owns nothing. */
class PlaceRoutesTest {

    private static final HttpConfig ANYWHERE = new HttpConfig("127.0.0.1", 0, 1 << 10);

    private final AtomicBoolean settled = new AtomicBoolean(true);
    private final HttpClient http = ContractClient.create();
    private HttpServer server;

    @BeforeEach
    void start() {
        PlaceRoutes routes =
                new PlaceRoutes(new PlaceDesk(1), settled::get, Duration.ofMillis(100));
        server = HttpServer.start(ANYWHERE, List.of(routes));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void aReplicaThatDoesNotOwnThePoolSaysSo() throws Exception {
        HttpResponse<String> answer = get("/v1/pools/p1/jobs/job-1/place");

        assertThat(answer.statusCode()).isEqualTo(421);
        assertThat(answer.body()).contains("\"code\":\"not_owner\"", "\"pool\":\"p1\"");
    }

    @Test
    void whilePoolsMoveTheAskerIsToComeBack() throws Exception {
        settled.set(false);

        HttpResponse<String> answer = get("/v1/pools/p1/jobs/job-1/place");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"code\":\"restoring\"");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void theDescriptionHasTheRoutesOfADispatcher() {
        HttpRoutes place = new PlaceRoutes(new PlaceDesk(1), settled::get, PlaceRoutes.PATIENCE);

        assertThat(RegisteredRoutes.ofService(place))
                .isEqualTo(ApiDescription.served().routesOf("dispatcher"));
    }

    @Test
    void namesThatNobodyGaveAreNoError() throws Exception {
        assertThat(get("/v1/pools/%00/jobs/..%2f%00/place").statusCode()).isBetween(400, 499);
        assertThat(get("/v1/pools/p%20%C3%A4/jobs/x/place").statusCode()).isEqualTo(421);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
