package io.kagu.cli.core;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a line of a job file: Kagu's own form, {@code {"id","model","priority","payload":{…}}}, or
 * a line of an OpenAI batch, {@code {"custom_id","method","url","body":{…}}}. The body is taken
 * over as it is written, byte for byte.
 */
public final class LineParser {

    private final int maxBodyBytes;

    /**
     * @param maxBodyBytes largest body that the server takes
     */
    public LineParser(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /** The job of a line, or all that is wrong with it. */
    public ParsedLine parse(int number, String line) {
        String fallbackId = "line-" + number;
        try {
            LineFields fields = LineFields.read(line);
            return fields.isObject()
                    ? check(fallbackId, fields, ContentHash.of(line.strip()))
                    : new ParsedLine.Bad(
                            fallbackId, List.of("no job: a line must be one JSON object"));
        } catch (JsonProcessingException e) {
            return new ParsedLine.Bad(fallbackId, List.of("no JSON: " + place(e)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private ParsedLine check(String fallbackId, LineFields fields, String content)
            throws IOException {
        List<String> faults = new ArrayList<>(fields.faults());
        FieldRules rules = new FieldRules(fields, faults);
        String customId = rules.customId().orElse(fallbackId);
        Optional<String> body = body(fields, faults);
        Optional<String> bodyModel = body.isPresent() ? modelOf(body.get()) : Optional.empty();
        Optional<String> model = rules.model().or(() -> bodyModel);
        if (model.isEmpty() && !fields.has("model")) {
            faults.add("no model: say \"model\" on the line or in its body");
        }
        if (rulesOutHeader(model)) {
            faults.add("model: must be 1 to 200 ASCII characters without line breaks");
        }
        var priority = rules.priority();
        JobOptions options = rules.options();
        if (!faults.isEmpty()) {
            return new ParsedLine.Bad(customId, faults);
        }
        String sent =
                bodyModel.isPresent()
                        ? body.orElseThrow()
                        : withModel(body.orElseThrow(), model.orElseThrow());
        return new ParsedLine.Good(
                new JobRequest(customId, model.orElseThrow(), priority, options, sent, content));
    }

    private static boolean rulesOutHeader(Optional<String> model) {
        return model.isPresent() && !model.get().matches("[ -~]{1,200}");
    }

    private Optional<String> body(LineFields fields, List<String> faults) {
        Optional<String> body = fields.body();
        if (body.isEmpty() && !fields.bodyIsNoObject()) {
            faults.add("no body: give a JSON object as \"payload\" or \"body\"");
        }
        int size = body.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (size > maxBodyBytes) {
            faults.add("body of %,d bytes: at most %,d are allowed".formatted(size, maxBodyBytes));
        }
        return body;
    }

    /** The model that a body names at its top level. */
    private static Optional<String> modelOf(String body) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean model = parser.currentName().equals("model");
                if (parser.nextToken() == JsonToken.VALUE_STRING && model) {
                    return Optional.of(parser.getText()).filter(name -> !name.isBlank());
                }
                parser.skipChildren();
            }
        }
        return Optional.empty();
    }

    /** OpenAI-compatible servers ask for the model in the body. */
    private static String withModel(String body, String model) throws IOException {
        String rest = body.substring(1).stripLeading();
        String comma = rest.startsWith("}") ? "" : ",";
        return "{\"model\":" + Json.MAPPER.writeValueAsString(model) + comma + rest;
    }

    /** Where the JSON breaks, without an excerpt of somebody's prompt. */
    private static String place(JsonProcessingException e) {
        String message = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
        var at = e.getLocation();
        return at == null ? message : message + " at column " + at.getColumnNr();
    }
}
