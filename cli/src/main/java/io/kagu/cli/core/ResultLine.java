package io.kagu.cli.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One line of a results file: written whole, read without its result, which may be large. */
public final class ResultLine {

    private static final Set<String> RESULTS = Set.of("result", "result_base64");

    private ResultLine() {}

    /** The line, without its line break. */
    public static String write(LineEnd end, Optional<ResultBody> body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("custom_id", end.customId());
            writeIfPresent(json, "id", end.id());
            json.writeStringField("state", end.state().name());
            writeIfPresent(json, "gpu", end.facts().gpu());
            json.writeNumberField("attempts", end.facts().attempts());
            writeIfPresent(json, "wait_ms", end.facts().waitMillis());
            writeIfPresent(json, "run_ms", end.facts().runMillis());
            if (end.error().isPresent()) {
                json.writeObjectField("error", end.error().get());
            }
            if (body.isPresent()) {
                boolean binary = body.get() instanceof ResultBody.Binary;
                json.writeFieldName(binary ? "result_base64" : "result");
                json.writeRawValue(body.get().value());
            }
            json.writeNumberField("generation", end.generation());
            json.writeStringField("content", end.content());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static void writeIfPresent(JsonGenerator json, String name, Optional<String> value)
            throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }

    private static void writeIfPresent(JsonGenerator json, String name, OptionalLong value)
            throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        }
    }

    /** How the job of a line ended; empty for a line that is torn or not ours. */
    public static Optional<LineEnd> read(String line) {
        try {
            ObjectNode fields = fieldsWithoutResult(line);
            Optional<LineState> state = text(fields, "state").flatMap(LineState::parse);
            Optional<String> customId = text(fields, "custom_id");
            if (state.isEmpty() || customId.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    new LineEnd(
                            customId.get(),
                            text(fields, "id"),
                            state.get(),
                            fields.path("generation").asInt(),
                            fields.path("content").asText(),
                            facts(fields),
                            fault(fields.path("error"))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode fieldsWithoutResult(String line) throws IOException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (RESULTS.contains(name)) {
                    parser.skipChildren();
                } else {
                    fields.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
            return parser.currentToken() == JsonToken.END_OBJECT
                    ? fields
                    : JsonNodeFactory.instance.objectNode();
        }
    }

    private static CallFacts facts(ObjectNode fields) {
        return new CallFacts(
                text(fields, "gpu"),
                fields.path("attempts").asInt(),
                millis(fields, "wait_ms"),
                millis(fields, "run_ms"));
    }

    private static Optional<LineEnd.Fault> fault(JsonNode error) {
        return error.isObject()
                ? Optional.of(
                        new LineEnd.Fault(
                                error.path("code").asText(), error.path("message").asText()))
                : Optional.empty();
    }

    private static OptionalLong millis(ObjectNode fields, String name) {
        JsonNode value = fields.path(name);
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Optional<String> text(ObjectNode fields, String name) {
        return Optional.ofNullable(fields.path(name).textValue());
    }
}
