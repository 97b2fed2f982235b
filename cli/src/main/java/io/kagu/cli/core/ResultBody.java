package io.kagu.cli.core;

import com.fasterxml.jackson.core.JsonParser;

import io.kagu.common.codec.Json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A GPU's answer in the form in which it goes into one line of JSON. */
public sealed interface ResultBody {

    /** The answer as one line of JSON, ready to be written as a value. */
    String value();

    /**
     * JSON, every number and text as the GPU wrote it.
     *
     * @param value on one line
     */
    record Structured(String value) implements ResultBody {}

    /** Text that is no JSON, as a JSON string. */
    record Text(String value) implements ResultBody {}

    /** Bytes that are no text, in base64, as a JSON string. */
    record Binary(String value) implements ResultBody {}

    /** The form that suits these bytes. */
    static ResultBody of(byte[] bytes) {
        Optional<String> text = text(bytes);
        if (text.isEmpty()) {
            return new Binary('"' + Base64.getEncoder().encodeToString(bytes) + '"');
        }
        if (isJson(text.get())) {
            // Valid JSON has line breaks only between its tokens.
            return new Structured(text.get().strip().replace('\n', ' ').replace('\r', ' '));
        }
        return new Text(new String(Json.write(text.get()), StandardCharsets.UTF_8));
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
