package io.kagu.statusapi.core.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** Responses as the engines give them, and what of each becomes of a sample. */
class CompletionsReaderTest {

    private static final String VLLM =
            """
            {"id": "cmpl-1", "object": "text_completion", "created": 1767323045, "model": "m",
             "choices": [
               {"index": 0, "text": " Hi.", "finish_reason": "stop", "stop_reason": 151645,
                "logprobs": {"text_offset": [0, 3, 4], "token_logprobs": [-0.25, -1.5, -0.0],
                             "tokens": ["token_id:11", "token_id:12", "token_id:151645"],
                             "top_logprobs": [{"token_id:11": -0.25}, {"token_id:12": -1.5}, null]},
                "token_ids": [11, 12, 151645], "prompt_logprobs": null,
                "prompt_token_ids": [1, 2]},
               {"index": 1, "text": " Hello", "finish_reason": "length", "stop_reason": null,
                "logprobs": {"text_offset": [0], "token_logprobs": [-3],
                             "tokens": ["token_id:21"], "top_logprobs": [{}]},
                "token_ids": [21], "prompt_logprobs": null, "prompt_token_ids": [1, 2]}],
             "usage": {"prompt_tokens": 2, "completion_tokens": 4, "total_tokens": 6},
             "kv_transfer_params": null}
            """;

    private static final String OLDER_VLLM =
            """
            {"choices": [{"index": 0, "text": "ab", "finish_reason": "length",
              "logprobs": {"tokens": ["token_id:7", "token_id:8"],
                           "token_logprobs": [-1.0, -2.0]}}]}
            """;

    private static final String SGLANG =
            """
            {"id": "x", "choices": [{"index": 0, "text": "ab", "finish_reason": "stop",
              "matched_stop": 2, "hidden_states": null, "token_ids": [7, 2],
              "prompt_token_ids": [1],
              "logprobs": {"text_offset": [], "token_logprobs": [-1.0, -2.0],
                           "tokens": ["a", "b"], "top_logprobs": [{"a": -1.0}, {"b": -2.0}]}}],
             "metadata": {"weight_version": "default"}}
            """;

    private static final String LLAMA_CPP =
            """
            {"choices": [{"text": "ab", "index": 0, "finish_reason": "length",
              "logprobs": {"content": [
                {"id": 7, "token": "a", "bytes": [97], "logprob": -1.0,
                 "top_logprobs": [{"id": 7, "token": "a", "bytes": [97], "logprob": -1.0}]},
                {"id": 8, "token": "b", "bytes": [98], "logprob": -2.0, "top_logprobs": []}]}}],
             "created": 1, "model": "m", "system_fingerprint": "b1", "object": "text_completion",
             "usage": {}, "timings": {"predicted_n": 2}}
            """;

    @Test
    void aVllmResponseBecomesOneSequenceForEachChoice() {
        assertThat(translated(VLLM, 0))
                .isEqualTo(
                        "{\"type\":\"sample\",\"sequences\":["
                                + "{\"stop_reason\":\"stop\",\"tokens\":[11,12,151645],"
                                + "\"logprobs\":[-0.25,-1.5,-0.0]},"
                                + "{\"stop_reason\":\"length\",\"tokens\":[21],"
                                + "\"logprobs\":[-3.0]}],\"prompt_logprobs\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {OLDER_VLLM, LLAMA_CPP})
    void tokensAreReadFromLogprobsWhereTheyAreToldNowhereElse(String response) {
        assertThat(translated(response, 0))
                .isEqualTo(
                        "{\"type\":\"sample\",\"sequences\":[{\"stop_reason\":\"length\","
                                + "\"tokens\":[7,8],\"logprobs\":[-1.0,-2.0]}],"
                                + "\"prompt_logprobs\":null}");
    }

    @Test
    void tokensOfSglangComeBesideLogprobsThatAreText() {
        assertThat(translated(SGLANG, 0))
                .contains("\"tokens\":[7,2],\"logprobs\":[-1.0,-2.0]", "\"stop\"");
    }

    @Test
    void logprobsThatAreNotOneForEachTokenAreNull() {
        assertThat(translated(choice("\"token_ids\":[1,2],\"logprobs\":null"), 0))
                .contains("\"tokens\":[1,2],\"logprobs\":null");
        assertThat(
                        translated(
                                choice(
                                        "\"token_ids\":[1,2],\"logprobs\":{\"token_logprobs\":[-1]}"),
                                0))
                .contains("\"logprobs\":null");
        assertThat(
                        translated(
                                choice(
                                        "\"token_ids\":[1,2],"
                                                + "\"logprobs\":{\"token_logprobs\":[null,-1]}"),
                                0))
                .contains("\"logprobs\":null");
    }

    @Test
    void anAnswerOfNoTokenIsOne() {
        assertThat(translated(choice("\"token_ids\":[],\"logprobs\":{\"token_logprobs\":[]}"), 0))
                .contains("\"tokens\":[],\"logprobs\":[]");
    }

    @Test
    void choicesComeInTheirOwnOrder() {
        String response =
                """
                {"choices": [{"index": 1, "finish_reason": "stop", "token_ids": [2]},
                             {"index": 0, "finish_reason": "stop", "token_ids": [1]}]}
                """;

        assertThat(translated(response, 0)).containsSubsequence("[1]", "[2]");
    }

    @Test
    void thePromptsOwnLogprobsAreToldAndItsLikeliestTokensWhereAskedFor() {
        String prompt =
                choice(
                        """
                        "token_ids": [9],
                        "prompt_logprobs": [null,
                          {"5": {"logprob": -4.0, "rank": 30, "decoded_token": "x"},
                           "6": {"logprob": -0.1, "rank": 1, "decoded_token": "y"},
                           "7": {"logprob": -2.5, "rank": 2, "decoded_token": "z"}}],
                        "prompt_token_ids": [1, 5]\
                        """);

        assertThat(translated(prompt, 0))
                .endsWith("\"prompt_logprobs\":[null,-4.0]}")
                .doesNotContain("topk");
        assertThat(translated(prompt, 2))
                .endsWith(
                        "\"prompt_logprobs\":[null,-4.0],"
                                + "\"topk_prompt_logprobs\":[null,[[6,-0.1],[7,-2.5]]]}");
    }

    @Test
    void withoutThePromptsTokensTheFirstOfEachPlaceIsItsOwn() {
        String prompt =
                choice(
                        """
                        "token_ids": [9],
                        "prompt_logprobs": [null, {"5": {"logprob": -4.0}, "6": {"logprob": -1}}]\
                        """);

        assertThat(translated(prompt, 0)).endsWith("\"prompt_logprobs\":[null,-4.0]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no JSON object",
                "oops | no JSON of",
                "[] | no JSON object",
                "{} | no choices",
                "{\"choices\":[]} | no choices",
                "{\"choices\":{}} | no list",
                "{\"choices\":[7]} | no object",
                "{\"choices\":[{\"finish_reason\":\"stop\",\"text\":\"a\"}]} | no token ids",
                "{\"choices\":[{\"token_ids\":[1]}]} | neither by stop nor by length",
                "{\"choices\":[{\"token_ids\":[1],\"finish_reason\":\"abort\"}]} | neither",
                "{\"choices\":[{\"token_ids\":[\"a\"],\"finish_reason\":\"stop\"}]} | no JSON of",
                "{\"choices\":[{\"token_ids\":[1],\"finish_reason\":\"stop\"}] | no JSON of"
            })
    void whatIsNoCompletionOfASampleIsBrokenAndSaysWhy(String response, String why) {
        assertThat(read(response, 0))
                .isInstanceOfSatisfying(
                        Translation.Broken.class, it -> assertThat(it.why()).contains(why));
    }

    private static String choice(String fields) {
        return "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",%s}]}".formatted(fields);
    }

    private static String translated(String response, int top) {
        Translation translation = read(response, top);
        assertThat(translation).isInstanceOf(Translation.Translated.class);
        SampleAnswer answer = ((Translation.Translated) translation).answer();
        return new String(Json.write(answer), StandardCharsets.UTF_8);
    }

    private static Translation read(String response, int top) {
        return CompletionsReader.read(response.getBytes(StandardCharsets.UTF_8), top);
    }
}
