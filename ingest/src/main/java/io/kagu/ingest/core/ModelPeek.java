package io.kagu.ingest.core;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Optional;

/**
 * Looks into a JSON body for the model it asks for: a convenience of the front door, so that a
 * plain OpenAI request needs no header. Reads no further than it must and never fails.
 */
public final class ModelPeek {

    private static final String MODEL = "model";

    private ModelPeek() {}

    /** The first top-level {@code model} that is a text. */
    public static Optional<String> into(Body body) {
        try (JsonParser parser = JsonParsers.of(body.bytes())) {
            return parser.nextToken() == JsonToken.START_OBJECT ? find(parser) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = MODEL.equals(parser.currentName());
            if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                return Optional.of(parser.getText());
            }
            parser.skipChildren();
        }
        return Optional.empty();
    }
}
