package io.kagu.dispatcher.executor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;
import java.util.Locale;

/** Looks at JSON token by token, without building anything from it. */
final class JsonBytes {

    private static final int MAX_DEPTH = 10_000;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // Field names come from strangers: interning them would fill the JVM's table.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private JsonBytes() {}

    /** A parser at the start of some bytes. */
    static JsonParser parser(byte[] json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** A parser at the start of a part of some bytes. */
    static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return FACTORY.createParser(bytes, offset, length);
    }

    /** Whether a media type says JSON: {@code application/json} or anything with {@code +json}. */
    static boolean isMediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        String plain = type.strip().toLowerCase(Locale.ROOT);
        return plain.equals("application/json") || plain.endsWith("+json");
    }

    /** Whether the bytes are exactly one JSON value. */
    static boolean wellFormed(byte[] json) {
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() != null && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
