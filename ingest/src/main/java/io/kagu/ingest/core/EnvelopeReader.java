package io.kagu.ingest.core;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Opens an envelope: one JSON object with a job's fields and exactly one of {@code payload} (any
 * JSON), {@code payload_text} and {@code payload_base64}.
 */
public final class EnvelopeReader {

    private static final String PAYLOAD = "payload";
    private static final String TEXT = "payload_text";
    private static final String BASE64 = "payload_base64";
    private static final String ONE_PAYLOAD =
            "given, as exactly one of " + String.join(", ", PAYLOAD, TEXT, BASE64);

    private final byte[] json;
    private Fields fields = Fields.ofEnvelope();
    private Optional<Body> body = Optional.empty();
    private String bodyField = PAYLOAD;
    private Optional<Refusal> fault = Optional.empty();

    private EnvelopeReader(byte[] json) {
        this.json = json;
    }

    /** Opens an envelope in UTF-8. */
    public static Arrival open(byte[] json) {
        EnvelopeReader reader = new EnvelopeReader(json);
        try (JsonParser parser = JsonParsers.of(json)) {
            reader.object(parser);
        } catch (IOException e) {
            return new Arrival.Refused(new Refusal.MalformedEnvelope(Json.fault(e)));
        }
        return reader.arrival();
    }

    private Arrival arrival() {
        if (fault.isPresent()) {
            return new Arrival.Refused(fault.get());
        }
        if (body.isEmpty()) {
            return new Arrival.Refused(new Refusal.InvalidField(PAYLOAD, ONE_PAYLOAD));
        }
        return new Arrival.Complete(new Submission(fields, body.get(), bodyField));
    }

    private void object(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            fail(new Refusal.MalformedEnvelope("a JSON object is expected"));
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                member(name, parser);
            }
        }
        if (parser.nextToken() != null) {
            fail(new Refusal.MalformedEnvelope("one JSON object is expected, more follows it"));
        }
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case PAYLOAD -> payload(name, exactJson(parser));
            case TEXT -> text(name, parser).ifPresent(t -> payload(name, utf8(t)));
            case BASE64 -> text(name, parser).ifPresent(t -> base64(name, t));
            default -> field(name, parser);
        }
    }

    private void field(String name, JsonParser parser) throws IOException {
        Optional<Field> field = Field.ofMember(name);
        if (field.isEmpty()) {
            fail(new Refusal.UnknownField(name, members()));
        } else if (parser.currentToken().isScalarValue() && !parser.currentToken().isBoolean()) {
            fields = fields.with(field.get(), parser.getText());
        } else {
            fail(new Refusal.InvalidField(name, field.get().allowed()));
        }
        parser.skipChildren();
    }

    private Optional<String> text(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        }
        fail(new Refusal.InvalidField(name, "text"));
        parser.skipChildren();
        return Optional.empty();
    }

    private void base64(String name, String text) {
        try {
            payload(name, Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            fail(new Refusal.InvalidField(name, "Base64 (RFC 4648, section 4)"));
        }
    }

    private void payload(String name, byte[] bytes) {
        if (body.isPresent()) {
            fail(new Refusal.InvalidField(name, ONE_PAYLOAD));
        }
        body = Optional.of(Body.of(bytes));
        bodyField = name;
    }

    /** The value as it was written: parsing and writing it anew would change its numbers. */
    private byte[] exactJson(JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        return JsonCompactor.compact(json, from, to);
    }

    private void fail(Refusal refusal) {
        fault = fault.or(() -> Optional.of(refusal));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> members() {
        List<String> names =
                new ArrayList<>(Arrays.stream(Field.values()).map(Field::member).toList());
        names.addAll(List.of(PAYLOAD, TEXT, BASE64));
        return names;
    }
}
