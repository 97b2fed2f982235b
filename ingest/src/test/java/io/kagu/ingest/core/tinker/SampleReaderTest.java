package io.kagu.ingest.core.tinker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.tinker.SampleReader.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class SampleReaderTest {

    private static final String PROMPT = "\"prompt\":{\"chunks\":[{\"tokens\":[1,2,3]}]}";
    private static final String ASKED_ALWAYS =
            ",\"return_token_ids\":true,\"return_tokens_as_token_ids\":true,\"logprobs\":1";

    @Test
    void whatIsNotSaidIsSaidToTheGpuAllTheSame() {
        assertThat(body("{%s,\"sampling_params\":{}}".formatted(PROMPT)))
                .isEqualTo(
                        "{\"model\":\"m\",\"prompt\":[1,2,3],\"n\":1,\"max_tokens\":1024,"
                                + "\"temperature\":1.0,\"top_p\":1.0,\"top_k\":-1,\"min_p\":0,"
                                + "\"repetition_penalty\":1"
                                + ASKED_ALWAYS
                                + "}");
    }

    @Test
    void nullIsTheSameAsAbsent() {
        String nulls =
                """
                {%s, "num_samples": null, "sampling_session_id": null, "seq_id": null,
                 "base_model": null, "model_path": null, "prompt_logprobs": null,
                 "topk_prompt_logprobs": null, "some_later_field": {"a": [1]},
                 "sampling_params": {"max_tokens": null, "temperature": null, "top_k": null,
                  "top_p": null, "seed": null, "stop": null, "another": 1}}
                """
                        .formatted(PROMPT);

        assertThat(body(nulls)).isEqualTo(body("{%s,\"sampling_params\":{}}".formatted(PROMPT)));
    }

    @Test
    void whatIsSaidIsPassedOn() {
        String asked =
                """
                {"prompt": {"chunks": [{"tokens": [7], "type": "encoded_text"},
                                       {"tokens": []}, {"type": null, "tokens": [8, 9]}]},
                 "num_samples": 4, "prompt_logprobs": true, "topk_prompt_logprobs": 5,
                 "sampling_params": {"max_tokens": 64.0, "temperature": 0, "top_k": 40,
                  "top_p": 0.9, "seed": -3, "stop": ["\\n\\n", "END"]}}
                """;

        assertThat(body(asked))
                .isEqualTo(
                        "{\"model\":\"m\",\"prompt\":[7,8,9],\"n\":4,\"max_tokens\":64,"
                                + "\"temperature\":0.0,\"top_p\":0.9,\"top_k\":40,\"min_p\":0,"
                                + "\"repetition_penalty\":1,\"seed\":-3,"
                                + "\"stop\":[\"\\n\\n\",\"END\"],\"skip_special_tokens\":false"
                                + ASKED_ALWAYS
                                + ",\"prompt_logprobs\":5}");
        assertThat(read(asked).tokens()).isEqualTo(3 + 4 * 64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"END\" | \"stop\":[\"END\"]",
                "[\"a\",\"b\"] | \"stop\":[\"a\",\"b\"]",
                "[151645, 2] | \"stop_token_ids\":[151645,2]",
                "[] | \"repetition_penalty\":1,\"return_token_ids\""
            })
    void aStopIsATextOrTextsOrTokens(String stop, String sent) {
        assertThat(body("{%s,\"sampling_params\":{\"stop\":%s}}".formatted(PROMPT, stop)))
                .contains(sent);
    }

    @Test
    void thePromptsOwnLogprobsAreAskedForWithoutAlternatives() {
        assertThat(body("{%s,\"sampling_params\":{},\"prompt_logprobs\":true}".formatted(PROMPT)))
                .contains("\"prompt_logprobs\":0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_tokens | 0",
                "max_tokens | \"5\"",
                "max_tokens | 1.5",
                "max_tokens | 99999999999999999999999",
                "temperature | -1",
                "temperature | 1e999",
                "temperature | \"hot\"",
                "top_k | -2",
                "top_p | 0",
                "top_p | 1.1",
                "seed | 1e30",
                "stop | \"\"",
                "stop | 5",
                "stop | [\"a\", 1]",
                "stop | [-1]",
                "stop | {}"
            })
    void aParameterOutOfBoundsIsNamed(String field, String value) {
        Refusal refusal =
                refused("{%s,\"sampling_params\":{\"%s\":%s}}".formatted(PROMPT, field, value));

        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class,
                        it -> assertThat(it.field()).isEqualTo("sampling_params." + field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"image\",\"data\":\"AA\",\"format\":\"png\"}",
                "{\"type\":\"image\",\"tokens\":[1]}",
                "{\"tokens\":[-1]}",
                "{\"tokens\":[1.5]}",
                "{\"tokens\":[3000000000]}",
                "{\"tokens\":\"hello\"}",
                "{}",
                "null",
                "\"text\""
            })
    void aChunkThatIsNoRowOfTokensIsNamed(String chunk) {
        Refusal refusal =
                refused(
                        "{\"prompt\":{\"chunks\":[{\"tokens\":[1]},%s]},\"sampling_params\":{}}"
                                .formatted(chunk));

        assertThat(refusal)
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class,
                        it -> assertThat(it.field()).isEqualTo("prompt.chunks[1]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | body",
                "7 | body",
                "{} | prompt",
                "{\"prompt\":[1]} | prompt",
                "{\"prompt\":{},\"sampling_params\":{}} | prompt.chunks",
                "{\"prompt\":{\"chunks\":[]},\"sampling_params\":{}} | prompt.chunks",
                "{\"prompt\":{\"chunks\":[{\"tokens\":[1]}]}} | sampling_params",
                "{\"prompt\":{\"chunks\":[{\"tokens\":[1]}]},\"sampling_params\":3} |"
                        + " sampling_params",
                "{\"sampling_session_id\":\"s1.x\"} | sampling_session_id",
                "{\"sampling_session_id\":7} | sampling_session_id",
                "{\"base_model\":7} | base_model"
            })
    void whatIsMissingOrMisshapenIsNamed(String json, String field) {
        assertThat(refused(json))
                .isInstanceOfSatisfying(
                        Refusal.InvalidField.class, it -> assertThat(it.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1025", "1.5", "\"2\""})
    void thereAreBoundsToTheNumberOfSamples(String count) {
        assertThat(
                        refused(
                                "{%s,\"sampling_params\":{},\"num_samples\":%s}"
                                        .formatted(PROMPT, count)))
                .isEqualTo(
                        new Refusal.InvalidField("num_samples", "a whole number from 1 to 1024"));
    }

    private static String body(String json) {
        return new String(CompletionsBody.of(read(json), "m").bytes(), StandardCharsets.UTF_8);
    }

    private static Sample read(String json) {
        return ((Reading.Read) reading(json)).sample();
    }

    private static Refusal refused(String json) {
        return ((Reading.Refused) reading(json)).refusal();
    }

    private static Reading reading(String json) {
        return SampleReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)));
    }
}
