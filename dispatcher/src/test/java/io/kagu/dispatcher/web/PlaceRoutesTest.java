package io.kagu.dispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.job.PlacesRequest;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A replica that owns nothing. */
class PlaceRoutesTest {

    private static final HttpConfig ANYWHERE = new HttpConfig("127.0.0.1", 0, 1 << 16);

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
    void aQuestionAboutManyJobsIsBoundedAndAsked() throws Exception {
        assertThat(post("{\"ids\":[\"job-1\",\"job-2\"]}").statusCode()).isEqualTo(421);
        for (String tooMuch : List.of("{\"ids\":[]}", ids(PlacesRequest.MOST_IDS + 1))) {
            HttpResponse<String> answer = post(tooMuch);

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("\"code\":\"bad_ids\"", "1 to 128 job ids");
        }
        for (String bad : List.of("", "[]", "{}", "{\"ids\":[null]}", "{\"ids\":7}", "{")) {
            assertThat(post(bad).statusCode()).as(bad).isEqualTo(400);
        }
    }

    private static String ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"job-" + i + "\"")
                .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
    }

    private HttpResponse<String> post(String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v1/pools/p1/places");
        return http.send(
                HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
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
