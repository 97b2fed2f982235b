package io.kagu.ingest.core.tinker;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.stream.IntStream;

/** A prompt as its tokens. Immutable. */
final class TokenIds {

    private final int[] ids;

    private TokenIds(int[] ids) {
        this.ids = ids;
    }

    static TokenIds of(IntStream ids) {
        return new TokenIds(ids.toArray());
    }

    int size() {
        return ids.length;
    }

    /** Writes them as an array. */
    void write(JsonGenerator json) throws IOException {
        json.writeArray(ids, 0, ids.length);
    }
}
