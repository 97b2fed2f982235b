package io.kagu.ingest.core.tinker;

import com.fasterxml.jackson.core.JsonGenerator;

import io.kagu.common.codec.Json;
import io.kagu.ingest.core.Body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A sample as the body of {@code /v1/completions}. Says all that decides how tokens are drawn, so
 * that no default of a server or of a model's files has a part in it, and asks for token ids and
 * log probabilities in the ways of vLLM, SGLang and llama.cpp; each passes over what it does not
 * know.
 */
final class CompletionsBody {

    private final Sample sample;
    private final String model;

    private CompletionsBody(Sample sample, String model) {
        this.sample = sample;
        this.model = model;
    }

    static Body of(Sample sample, String model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            new CompletionsBody(sample, model).write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Body.of(out.toByteArray());
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("model", model);
        json.writeFieldName("prompt");
        sample.prompt().write(json);
        json.writeNumberField("n", sample.count());
        params(json, sample.params());
        json.writeBooleanField("return_token_ids", true);
        json.writeBooleanField("return_tokens_as_token_ids", true);
        // llama.cpp takes 0 for none at all.
        json.writeNumberField("logprobs", 1);
        promptLogprobs(json, sample.promptLogprobs());
    }

    private static void params(JsonGenerator json, SamplingParams params) throws IOException {
        json.writeNumberField("max_tokens", params.maxTokens());
        json.writeNumberField("temperature", params.temperature());
        json.writeNumberField("top_p", params.topP());
        json.writeNumberField("top_k", params.topK());
        json.writeNumberField("min_p", 0);
        json.writeNumberField("repetition_penalty", 1);
        if (params.seed().isPresent()) {
            json.writeNumberField("seed", params.seed().getAsLong());
        }
        stop(json, params.stop());
    }

    private static void stop(JsonGenerator json, Stop stop) throws IOException {
        switch (stop) {
            case Stop.Nowhere() -> {}
            case Stop.AtTexts(var texts) -> {
                json.writeArrayFieldStart("stop");
                for (String text : texts) {
                    json.writeString(text);
                }
                json.writeEndArray();
                // A stop text may be a special token, which is no part of the text otherwise.
                json.writeBooleanField("skip_special_tokens", false);
            }
            case Stop.AtTokens(var tokens) -> {
                json.writeArrayFieldStart("stop_token_ids");
                for (int token : tokens) {
                    json.writeNumber(token);
                }
                json.writeEndArray();
            }
        }
    }

    /** 0 asks for the prompt's own tokens alone. */
    private static void promptLogprobs(JsonGenerator json, Sample.PromptLogprobs asked)
            throws IOException {
        if (asked.wanted() || asked.top() > 0) {
            json.writeNumberField("prompt_logprobs", asked.top());
        }
    }
}
