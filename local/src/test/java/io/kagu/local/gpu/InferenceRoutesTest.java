package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.CHAT;
import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

class InferenceRoutesTest {

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m", "other").withServiceTime(ServiceTime.NONE));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void aChatIsAnsweredInOpenAisShape() throws Exception {
        var response = client.ask("Why is the sky blue?");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        var body = json(response);
        assertThat(body.path("id").asText()).startsWith("chatcmpl-");
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("created").asLong()).isPositive();
        assertThat(body.path("model").asText()).isEqualTo("m");
        assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/message/content").asText()).contains(" ");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(body.at("/usage/total_tokens").asInt())
                .isEqualTo(
                        body.at("/usage/prompt_tokens").asInt()
                                + body.at("/usage/completion_tokens").asInt());
    }

    @Test
    void equalPromptsGetEqualTextsAndOthersDoNot() throws Exception {
        var first = json(client.ask("one")).at("/choices");
        var second = json(client.ask("one")).at("/choices");
        var other = json(client.ask("two")).at("/choices");

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
    void aTokenLimitCutsTheAnswerShort(String field) throws Exception {
        var body = json(client.post(CHAT, chat("hi", "\"%s\":3,".formatted(field))));

        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
        assertThat(body.at("/choices/0/message/content").asText().split(" ")).hasSize(3);
    }

    @Test
    void contentMayComeInParts() throws Exception {
        var parts =
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"one\"}]}]}";

        assertThat(json(client.post(CHAT, parts)).at("/choices"))
                .isEqualTo(json(client.ask("one")).at("/choices"));
    }

    @Test
    void severalChoicesAreGivenWhenAskedFor() throws Exception {
        var body = json(client.post(CHAT, chat("hi", "\"n\":3,")));

        assertThat(body.path("choices")).hasSize(3);
        assertThat(body.at("/choices/2/index").asInt()).isEqualTo(2);
        assertThat(body.at("/choices/0/message")).isNotEqualTo(body.at("/choices/1/message"));
    }

    @Test
    void aCompletionTakesAString() throws Exception {
        var body =
                json(
                        complete(
                                "{\"model\":\"m\",\"prompt\":\"Once upon a"
                                        + " time\",\"max_tokens\":5}"));

        assertThat(body.path("object").asText()).isEqualTo("text_completion");
        assertThat(body.at("/choices/0/text").asText()).isNotBlank();
        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void aCompletionTakesTokenIdsAndGivesThemBack() throws Exception {
        var body =
                json(
                        complete(
                                "{\"model\":\"m\",\"prompt\":[11,22,33],\"max_tokens\":4,"
                                        + "\"return_token_ids\":true,\"logprobs\":1}"));

        assertThat(body.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
        assertThat(body.at("/choices/0/token_ids")).hasSize(4);
        assertThat(body.at("/choices/0/logprobs/token_logprobs")).hasSize(4);
        assertThat(body.at("/choices/0/logprobs/token_logprobs/0").asDouble()).isNegative();
    }

    @Test
    void tokensAndThePromptsLogprobsAreToldInTheShapeOfVllm() throws Exception {
        var body =
                json(
                        complete(
                                "{\"model\":\"m\",\"prompt\":[11,22,33],\"max_tokens\":2,\"n\":2,"
                                        + "\"return_token_ids\":true,\"logprobs\":1,"
                                        + "\"return_tokens_as_token_ids\":true,"
                                        + "\"prompt_logprobs\":2}"));

        var choice = body.at("/choices/1");
        assertThat(choice.at("/logprobs/tokens/0").asText())
                .isEqualTo("token_id:" + choice.at("/token_ids/0").asInt());
        assertThat(choice.path("prompt_token_ids").toString()).isEqualTo("[11,22,33]");
        assertThat(choice.at("/prompt_logprobs/0").isNull()).isTrue();
        assertThat(choice.at("/prompt_logprobs/1")).hasSize(2);
        assertThat(choice.at("/prompt_logprobs/1/22/rank").asInt()).isEqualTo(1);
    }

    @Test
    void tokensAreToldOnlyToWhoAsksForThem() throws Exception {
        var choice = json(complete("{\"model\":\"m\",\"prompt\":\"a\"}")).at("/choices/0");

        assertThat(choice.path("logprobs").isNull()).isTrue();
        assertThat(choice.has("token_ids")).isFalse();
        assertThat(choice.has("prompt_logprobs")).isFalse();
    }

    @Test
    void aCompletionTakesSeveralPrompts() throws Exception {
        var texts = json(complete("{\"model\":\"m\",\"prompt\":[\"a\",\"b\"]}"));
        var ids = json(complete("{\"model\":\"m\",\"prompt\":[[1,2],[3]]}"));

        assertThat(texts.path("choices")).hasSize(2);
        assertThat(ids.path("choices")).hasSize(2);
        assertThat(ids.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void anEmbeddingIsAUnitVectorPerInput() throws Exception {
        var body = json(embed("{\"model\":\"m\",\"input\":[\"sea\",\"sand\"],\"dimensions\":8}"));

        assertThat(body.path("object").asText()).isEqualTo("list");
        assertThat(body.path("data")).hasSize(2);
        double squares = 0;
        for (var value : body.at("/data/1/embedding")) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(body.at("/data/1/embedding")).hasSize(8);
        assertThat(squares).isCloseTo(1, within(1e-4));
        assertThat(body.at("/usage/total_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void aBase64EmbeddingHoldsTheSameFloats() throws Exception {
        var request = "{\"model\":\"m\",\"input\":\"sea\",\"dimensions\":4%s}";
        var plain = json(embed(request.formatted(""))).at("/data/0/embedding");
        var packed =
                json(embed(request.formatted(",\"encoding_format\":\"base64\"")))
                        .at("/data/0/embedding");

        var floats =
                ByteBuffer.wrap(Base64.getDecoder().decode(packed.asText()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
        assertThat(floats.remaining()).isEqualTo(4);
        for (var value : plain) {
            assertThat(floats.get()).isEqualTo((float) value.asDouble());
        }
    }

    @Test
    void theModelsServedAreListed() throws Exception {
        var body = json(client.get(gpu.endpoint() + "/v1/models"));

        assertThat(body.findValuesAsText("id")).containsExactly("m", "other");
        assertThat(body.at("/data/0/object").asText()).isEqualTo("model");
    }

    @Test
    void anUnknownModelIs404() throws Exception {
        var response = client.post(CHAT, "{\"model\":\"x\",\"messages\":[]}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(json(response).at("/error/message").asText()).contains("`x`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",",
                "[]",
                "",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[\"hi\"]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":0}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":1000}"
            })
    void aWrongChatIs400InOpenAisShape(String body) throws Exception {
        var response = client.post(CHAT, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(json(response).at("/error/message").asText()).isNotBlank();
        assertThat(gpu.callLog().ended(CallEnding.REJECTED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"prompt\":[]", ",\"prompt\":[1,\"x\"]", ",\"prompt\":[[]]"})
    void aWrongPromptIs400(String prompt) throws Exception {
        var response = complete("{\"model\":\"m\"" + prompt + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").asText()).isEqualTo("prompt");
    }

    @Test
    void theRequestIdIsEchoed() throws Exception {
        var request = client.request(CHAT, chat("hi", "")).header("X-Request-Id", "r-17").build();
        var response = client.http().send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("r-17");
    }

    private HttpResponse<String> complete(String body) throws Exception {
        return client.post("/v1/completions", body);
    }

    private HttpResponse<String> embed(String body) throws Exception {
        return client.post("/v1/embeddings", body);
    }
}
