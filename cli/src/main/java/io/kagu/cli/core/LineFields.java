package io.kagu.cli.core;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The top level of a line: small fields as values, the body as it is written. */
final class LineFields {

    private static final Set<String> KNOWN =
            new TreeSet<>(
                    Set.of(
                            "id",
                            "custom_id",
                            "model",
                            "priority",
                            "path",
                            "url",
                            "method",
                            "tenant",
                            "deadline",
                            "max_attempts",
                            "tokens",
                            "callback",
                            "affinity",
                            "payload",
                            "body"));
    private static final Set<String> BODIES = Set.of("payload", "body");

    private final Map<String, JsonNode> values = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<String> body = Optional.empty();
    private boolean bodyIsNoObject;
    private boolean isObject = true;

    private LineFields() {}

    static LineFields read(String line) throws IOException {
        LineFields fields = new LineFields();
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                skipToEnd(parser);
                fields.isObject = false;
                return fields;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.readField(parser, line);
            }
            if (parser.nextToken() != null) {
                fields.faults.add("more than one JSON object: one line is one job");
            }
        }
        return fields;
    }

    private static void skipToEnd(JsonParser parser) throws IOException {
        while (parser.nextToken() != null) {
            parser.skipChildren();
        }
    }

    private void readField(JsonParser parser, String line) throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        if (BODIES.contains(name)) {
            readBody(name, parser, line);
            return;
        }
        if (!KNOWN.contains(name)) {
            faults.add("unknown field \"%s\": allowed are %s".formatted(name, allowed()));
            parser.skipChildren();
            return;
        }
        JsonNode value = parser.readValueAsTree();
        if (!value.isNull() && values.put(name, value) != null) {
            faults.add("field \"" + name + "\" appears twice");
        }
    }

    private void readBody(String name, JsonParser parser, String line) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        parser.skipChildren();
        if (!object) {
            faults.add("\"" + name + "\" must be a JSON object");
            bodyIsNoObject = true;
        } else if (body.isPresent()) {
            faults.add("two bodies: give either \"payload\" or \"body\", once");
        } else {
            int to = Math.toIntExact(parser.currentLocation().getCharOffset());
            body = Optional.of(line.substring(from, to));
        }
    }

    private static String allowed() {
        return String.join(", ", KNOWN);
    }

    boolean isObject() {
        return isObject;
    }

    /** A field's value; absent and null are the same. */
    Optional<JsonNode> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> body() {
        return body;
    }

    boolean bodyIsNoObject() {
        return bodyIsNoObject;
    }

    List<String> faults() {
        return faults;
    }
}
