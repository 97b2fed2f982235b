package io.kagu.ingest.core.tinker;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.job.SampleIds;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.tinker.Sample.PromptLogprobs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Reads what a Tinker client posts to be sampled, or says which field is at fault first. */
public final class SampleReader {

    /** Tokens that are generated at most where a sample says no limit. */
    static final int DEFAULT_MAX_TOKENS = 1024;

    private static final int MOST_SAMPLES = 1024;
    private static final double HOTTEST = 1000;
    private static final int ALL = -1;

    private SampleReader() {}

    /** What came of reading. */
    public sealed interface Reading {

        /** A sample with only allowed values; its model is not looked up here. */
        record Read(Sample sample) implements Reading {}

        /** A request that asks for what is not allowed. */
        record Refused(Refusal refusal) implements Reading {}
    }

    /** Reads a request's body. */
    public static Reading read(JsonNode body) {
        NodeFields fields = NodeFields.of(body);
        Sample sample =
                new Sample(
                        model(fields),
                        fields.whole("seq_id", 0, Long.MAX_VALUE),
                        new PromptReader(fields.object("prompt")).tokens(),
                        params(fields.object("sampling_params")),
                        fields.whole("num_samples", 1, MOST_SAMPLES).orElse(1),
                        new PromptLogprobs(
                                fields.flag("prompt_logprobs"),
                                fields.whole("topk_prompt_logprobs", 0, SampleIds.MAX_TOP)
                                        .orElse(0)));
        return fields.fault()
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read(sample));
    }

    private static AskedModel model(NodeFields fields) {
        Optional<String> session = fields.text("sampling_session_id");
        if (session.isEmpty()) {
            return SessionReader.named(fields);
        }
        Optional<SamplingSession> known = session.flatMap(SamplingSession::of);
        if (known.isEmpty()) {
            fields.fail("sampling_session_id", "one that create_sampling_session gave, unchanged");
        }
        return known.<AskedModel>map(AskedModel.OfSession::new).orElseGet(AskedModel.Unnamed::new);
    }

    private static SamplingParams params(NodeFields fields) {
        return new SamplingParams(
                fields.whole("max_tokens", 1, Integer.MAX_VALUE).orElse(DEFAULT_MAX_TOKENS),
                fields.number("temperature", 0, HOTTEST, 1),
                fields.whole("top_k", ALL, Integer.MAX_VALUE).orElse(ALL),
                topP(fields),
                seed(fields),
                stop(fields));
    }

    private static double topP(NodeFields fields) {
        double share = fields.number("top_p", 0, 1, 1);
        if (share == 0) {
            fields.fail("top_p", "a number above 0, at most 1");
        }
        return share;
    }

    private static OptionalLong seed(NodeFields fields) {
        return fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Stop stop(NodeFields fields) {
        Optional<JsonNode> given = fields.value("stop");
        if (given.isEmpty() || (given.get().isArray() && given.get().isEmpty())) {
            return new Stop.Nowhere();
        }
        JsonNode stop = given.get();
        if (isText(stop)) {
            return new Stop.AtTexts(List.of(stop.textValue()));
        }
        if (stop.isArray() && stop.valueStream().allMatch(SampleReader::isText)) {
            return new Stop.AtTexts(stop.valueStream().map(JsonNode::textValue).toList());
        }
        if (stop.isArray() && stop.valueStream().allMatch(PromptReader::isToken)) {
            return new Stop.AtTokens(stop.valueStream().map(JsonNode::intValue).toList());
        }
        fields.fail("stop", "a text, a list of texts, or a list of token ids; no text empty");
        return new Stop.Nowhere();
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty();
    }

    /** Reads the chunks of a prompt as one row of tokens. */
    private record PromptReader(NodeFields prompt) {

        private static final String TEXT = "encoded_text";

        TokenIds tokens() {
            Optional<JsonNode> chunks = prompt.value("chunks").filter(JsonNode::isArray);
            if (chunks.isEmpty()) {
                prompt.fail("chunks", "a list of chunks of tokens");
                return TokenIds.of(IntStream.empty());
            }
            TokenIds tokens = TokenIds.of(joined(chunks.get()));
            if (tokens.size() == 0) {
                prompt.fail("chunks", "chunks with at least one token");
            }
            return tokens;
        }

        private IntStream joined(JsonNode chunks) {
            IntStream.Builder all = IntStream.builder();
            for (int i = 0; i < chunks.size(); i++) {
                JsonNode chunk = chunks.get(i);
                if (isText(chunk)) {
                    chunk.get("tokens").forEach(token -> all.add(token.intValue()));
                } else {
                    prompt.fail(
                            "chunks[" + i + "]",
                            "of type encoded_text with a list of token ids from 0 as its tokens;"
                                    + " images and other chunks are not served");
                }
            }
            return all.build();
        }

        private static boolean isText(JsonNode chunk) {
            JsonNode tokens = chunk.path("tokens");
            return chunk.path("type").asText(TEXT).equals(TEXT)
                    && tokens.isArray()
                    && tokens.valueStream().allMatch(PromptReader::isToken);
        }

        static boolean isToken(JsonNode node) {
            return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0;
        }
    }
}
