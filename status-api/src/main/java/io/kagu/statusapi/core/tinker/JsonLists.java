package io.kagu.statusapi.core.tinker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads lists from a parser that stands at their start; what is no list is passed over. */
final class JsonLists {

    private JsonLists() {}

    /** One element, at which the parser stands and at whose end it is left. */
    @FunctionalInterface
    interface Element<T> {
        T read(JsonParser json) throws IOException;
    }

    /** The list's elements; none where there is no list. */
    static <T> List<T> of(JsonParser json, Element<T> element) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            json.skipChildren();
            return List.of();
        }
        List<T> all = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.add(element.read(json));
        }
        return all;
    }

    /** Token ids, none of which may be anything else. */
    static List<Integer> wholes(JsonParser json) throws IOException {
        return of(json, JsonParser::getIntValue);
    }

    /** A number, or empty for anything else. */
    static Optional<Double> number(JsonParser json) throws IOException {
        if (json.currentToken() != null && json.currentToken().isNumeric()) {
            return Optional.of(json.getDoubleValue()).filter(Double::isFinite);
        }
        json.skipChildren();
        return Optional.empty();
    }

    /** A whole number, or empty for anything else. */
    static OptionalInt whole(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return OptionalInt.of(json.getIntValue());
        }
        json.skipChildren();
        return OptionalInt.empty();
    }
}
