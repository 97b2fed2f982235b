package io.kagu.dispatcher.executor;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the sentence for people in a GPU server's error response; never quotes anything else. */
final class ErrorMessage {

    static final int MAX_LENGTH = 300;

    /** OpenAI and llama.cpp; older vLLM; FastAPI; Ollama. */
    private static final List<String> PLACES =
            List.of("/error/message", "/message", "/detail", "/error");

    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}+");

    private ErrorMessage() {}

    /** The message, on one line and bounded. */
    static Optional<String> of(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        try {
            JsonNode tree = Json.tree(body);
            return PLACES.stream()
                    .map(tree::at)
                    .filter(JsonNode::isTextual)
                    .map(node -> bounded(node.textValue()))
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        } catch (BadJsonException e) {
            return Optional.empty();
        }
    }

    private static String bounded(String text) {
        String start = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return UNPRINTABLE.matcher(start).replaceAll(" ").strip();
    }
}
