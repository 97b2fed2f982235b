package io.kagu.ingest.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;

import java.io.IOException;

/** Makes parsers that know byte offsets: UTF-8 only, strings as long as a body may be. */
final class JsonParsers {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private JsonParsers() {}

    static JsonParser of(byte[] json) throws IOException {
        return FACTORY.createParser(json);
    }
}
