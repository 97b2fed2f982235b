package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.CHAT;
import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

class StreamingTest {

    private static final String DONE = "data: [DONE]";

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m")
                            .withServiceTime(
                                    new ServiceTime(
                                            Duration.ofMillis(1),
                                            Duration.ZERO,
                                            Duration.ofMillis(1),
                                            0)));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void aStreamedChatSaysWhatTheWholeOneSays() throws Exception {
        var whole = json(client.ask("tell me")).at("/choices/0/message/content").asText();

        var response = client.post(CHAT, chat("tell me", "\"stream\":true,"));

        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        assertThat(response.body()).endsWith(DONE + "\n\n");
        var chunks = chunks(response);
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks).allMatch(c -> c.path("object").asText().equals("chat.completion.chunk"));
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(joined(chunks, "/choices/0/delta/content")).isEqualTo(whole);
        assertThat(gpu.callLog().ended(CallEnding.COMPLETED)).isEqualTo(2);
    }

    @Test
    void usageComesInALastChunkOfItsOwnWhenAskedFor() throws Exception {
        var options =
                "\"stream\":true,\"max_tokens\":4,\"stream_options\":{\"include_usage\":true},";
        var chunks = chunks(client.post(CHAT, chat("hi", options)));

        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(4);
        assertThat(chunks.getFirst().path("usage").isNull()).isTrue();
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("length");
    }

    @Test
    void aStreamedCompletionSendsText() throws Exception {
        var body = "{\"model\":\"m\",\"prompt\":\"go on\",\"max_tokens\":6,\"stream\":%s}";
        var whole = json(client.post("/v1/completions", body.formatted(false)));
        var chunks = chunks(client.post("/v1/completions", body.formatted(true)));

        assertThat(joined(chunks, "/choices/0/text"))
                .isEqualTo(whole.at("/choices/0/text").asText());
        assertThat(chunks.getFirst().has("usage")).isFalse();
    }

    @Test
    void severalChoicesAreStreamedSideBySide() throws Exception {
        var chunks = chunks(client.post(CHAT, chat("hi", "\"stream\":true,\"n\":2,")));

        var finished =
                chunks.stream()
                        .filter(chunk -> chunk.at("/choices/0/finish_reason").isTextual())
                        .map(chunk -> chunk.at("/choices/0/index").asInt())
                        .toList();
        assertThat(finished).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aWrongRequestForAStreamIsAnOrdinaryError() throws Exception {
        var response = client.post(CHAT, "{\"model\":\"m\",\"stream\":true}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").asText()).isEqualTo("messages");
    }

    private static List<JsonNode> chunks(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: ") && !line.equals(DONE))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }

    private static String joined(List<JsonNode> chunks, String pointer) {
        return chunks.stream()
                .map(chunk -> chunk.at(pointer).asText())
                .collect(Collectors.joining());
    }
}
