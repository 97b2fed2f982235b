package io.kagu.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;
import io.kagu.local.gpu.ServiceTime;
import io.kagu.local.gpu.SimulatedGpuConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Tinker client's whole conversation, on one port. */
final class TinkerSessionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path dir;

    @Test
    void aSampleComesBackAsTokensThatTheGpuDrew() throws Exception {
        SimulatedGpuConfig gpu =
                SimulatedGpuConfig.of("gpu-test", "m").withServiceTime(ServiceTime.NONE);
        LocalStackConfig config =
                LocalStackConfig.of(dir, Map.of())
                        .withGpus(new GpuSource.Simulated(List.of(SimulatedCard.of(gpu))));
        try (LocalStack stack = LocalStack.start(config);
                Caller caller = new Caller(stack.httpPort())) {
            await().atMost(PATIENCE).until(() -> caller.get("healthz").statusCode() == 200);
            String session =
                    caller.post("create_session", "{\"tags\":[]}").path("session_id").asText();
            String sampling =
                    caller.post(
                                    "create_sampling_session",
                                    """
                                    {"session_id": "%s", "sampling_session_seq_id": 0,
                                     "base_model": "m"}
                                    """
                                            .formatted(session))
                            .path("sampling_session_id")
                            .asText();

            JsonNode first = caller.sample(sampling, 1);
            JsonNode again = caller.sample(sampling, 1);

            assertThat(first.path("type").asText()).isEqualTo("sample");
            assertThat(first.path("sequences")).hasSize(2);
            for (JsonNode sequence : first.path("sequences")) {
                assertThat(sequence.path("tokens")).hasSize(4);
                assertThat(sequence.path("logprobs")).hasSize(4);
                assertThat(sequence.path("stop_reason").asText()).isEqualTo("length");
            }
            assertThat(first.path("prompt_logprobs")).hasSize(3);
            assertThat(first.at("/topk_prompt_logprobs/1")).hasSize(2);
            assertThat(again).isEqualTo(first);
            assertThat(stack.gpus().getFirst().callLog().started()).isEqualTo(1);
        }
    }

    /** Calls the routes below {@code /api/v1}. */
    private static final class Caller implements AutoCloseable {

        private final HttpClient http = HttpClient.newHttpClient();
        private final String url;

        Caller(int port) {
            url = "http://127.0.0.1:" + port + "/api/v1/";
        }

        HttpResponse<String> get(String route) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url + route)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }

        /** What a route says once it says 200; asked again as clients do. */
        JsonNode post(String route, String json) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + route))
                            .header("X-API-Key", "tml-any")
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .build();
            HttpResponse<String> answer =
                    await().atMost(PATIENCE)
                            .until(
                                    () -> http.send(request, HttpResponse.BodyHandlers.ofString()),
                                    it -> it.statusCode() == 200);
            return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        }

        JsonNode sample(String session, int sequence) {
            String request =
                    """
                    {"sampling_session_id": "%s", "seq_id": %d, "num_samples": 2,
                     "prompt": {"chunks": [{"type": "encoded_text", "tokens": [11, 22]},
                                           {"type": "encoded_text", "tokens": [33]}]},
                     "sampling_params": {"max_tokens": 4, "temperature": 0.7, "stop": [2]},
                     "prompt_logprobs": true, "topk_prompt_logprobs": 2}
                    """
                            .formatted(session, sequence);
            String id = post("asample", request).path("request_id").asText();
            return post("retrieve_future", "{\"request_id\":\"%s\"}".formatted(id));
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
