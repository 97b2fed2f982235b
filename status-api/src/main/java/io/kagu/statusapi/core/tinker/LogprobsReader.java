package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a choice's {@code logprobs} in either shape that is about: OpenAI's rows for completions
 * (vLLM, SGLang), where a token may be written {@code token_id:7}, or its list for chats
 * (llama.cpp), with an id in each element.
 */
final class LogprobsReader {

    private static final String AS_ID = "token_id:";

    private final JsonParser json;
    private List<OptionalInt> ids = new ArrayList<>();
    private List<Optional<Double>> numbers = new ArrayList<>();

    /**
     * @param json stands at the start of the object
     */
    LogprobsReader(JsonParser json) {
        this.json = json;
    }

    TokenLogprobs logprobs() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "tokens" -> ids = JsonLists.of(json, LogprobsReader::id);
                case "token_logprobs" -> numbers = JsonLists.of(json, JsonLists::number);
                case "content" -> JsonLists.of(json, this::element);
                default -> json.skipChildren();
            }
        }
        return new TokenLogprobs(ids, numbers);
    }

    private static OptionalInt id(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return OptionalInt.empty();
        }
        String token = json.getText();
        try {
            return token.startsWith(AS_ID)
                    ? OptionalInt.of(Integer.parseInt(token.substring(AS_ID.length())))
                    : OptionalInt.empty();
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    /** Adds one token with its id and number; the element itself is of no use afterwards. */
    private boolean element(JsonParser element) throws IOException {
        OptionalInt id = OptionalInt.empty();
        Optional<Double> number = Optional.empty();
        if (element.currentToken() == JsonToken.START_OBJECT) {
            while (element.nextToken() == JsonToken.FIELD_NAME) {
                String name = element.currentName();
                element.nextToken();
                switch (name) {
                    case "id" -> id = JsonLists.whole(element);
                    case "logprob" -> number = JsonLists.number(element);
                    default -> element.skipChildren();
                }
            }
        } else {
            element.skipChildren();
        }
        ids.add(id);
        numbers.add(number);
        return true;
    }
}
