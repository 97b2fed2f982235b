package io.kagu.local.gpu;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Reads request bodies, and rejects wrong ones as an OpenAI-compatible server does. */
final class RequestReader {

    private static final int DEFAULT_DIMENSIONS = 64;
    private static final int MOST_CHOICES = 128;
    private static final int MOST_LOGPROBS = 20;

    private final List<String> models;

    RequestReader(List<String> models) {
        this.models = models;
    }

    InferenceRequest read(Route route, byte[] body) {
        var root = parse(body);
        var model = model(root);
        var prompts =
                switch (route) {
                    case CHAT -> List.of(conversation(root.path("messages")));
                    case COMPLETIONS -> Prompt.listOf(root.path("prompt"), "prompt");
                    case EMBEDDINGS -> Prompt.listOf(root.path("input"), "input");
                };
        return new InferenceRequest(route, model, prompts, options(root));
    }

    private static JsonNode parse(byte[] body) {
        try {
            var root = Bodies.JSON.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            throw new RejectedException(
                    ErrorAnswer.notJson("We could not parse the JSON body of your request."));
        }
        throw new RejectedException(ErrorAnswer.notJson("The body must be a JSON object."));
    }

    private String model(JsonNode root) {
        var node = root.path("model");
        if (!node.isTextual() || node.asText().isBlank()) {
            throw badRequest("You must provide a model parameter.", "model");
        }
        if (!models.contains(node.asText())) {
            throw new RejectedException(ErrorAnswer.unknownModel(node.asText()));
        }
        return node.asText();
    }

    private static Prompt conversation(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw badRequest("'messages' must be a non-empty array.", "messages");
        }
        var text = new StringBuilder();
        for (var message : messages) {
            if (!message.isObject() || !message.path("role").isTextual()) {
                throw badRequest("Each message must be an object with a role.", "messages");
            }
            text.append(message.get("role").asText()).append('\n');
            appendContent(text, message.path("content"));
        }
        return Prompt.ofText(text.toString());
    }

    /** Content is a string, or parts of which only texts count here. */
    private static void appendContent(StringBuilder text, JsonNode content) {
        if (content.isTextual()) {
            text.append(content.asText()).append('\n');
        }
        for (var part : content) {
            text.append(part.path("text").asText("")).append('\n');
        }
    }

    private static InferenceRequest.Options options(JsonNode root) {
        return new InferenceRequest.Options(
                maxTokens(root),
                positive(root, "n", MOST_CHOICES).orElse(1),
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false),
                tokens(root),
                positive(root, "dimensions", 8_192).orElse(DEFAULT_DIMENSIONS),
                root.path("encoding_format").asText("").equals("base64"));
    }

    private static InferenceRequest.TokenOptions tokens(JsonNode root) {
        return new InferenceRequest.TokenOptions(
                root.path("return_token_ids").asBoolean(false),
                root.hasNonNull("logprobs"),
                root.path("return_tokens_as_token_ids").asBoolean(false),
                whole(root, "prompt_logprobs", 0, MOST_LOGPROBS));
    }

    private static OptionalInt maxTokens(JsonNode root) {
        var newer = positive(root, "max_completion_tokens", Integer.MAX_VALUE);
        return newer.isPresent() ? newer : positive(root, "max_tokens", Integer.MAX_VALUE);
    }

    private static OptionalInt positive(JsonNode root, String field, int most) {
        return whole(root, field, 1, most);
    }

    private static OptionalInt whole(JsonNode root, String field, int least, int most) {
        if (!root.hasNonNull(field)) {
            return OptionalInt.empty();
        }
        var node = root.get(field);
        if (!node.canConvertToInt() || !node.isIntegralNumber() || node.asInt() < least) {
            throw badRequest(
                    "'" + field + "' must be an integer of at least " + least + ".", field);
        }
        if (node.asInt() > most) {
            throw badRequest("'" + field + "' must be at most " + most + ".", field);
        }
        return OptionalInt.of(node.asInt());
    }

    private static RejectedException badRequest(String message, String param) {
        return new RejectedException(ErrorAnswer.badRequest(message, param));
    }
}
