package io.kagu.ingest.tinker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;

import io.javalin.http.Context;
import io.kagu.common.codec.Json;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.http.BodyLimits;
import io.kagu.ingest.http.BoundedBody;

import java.io.IOException;
import java.util.Optional;

/** Reads the JSON that a request carries. */
record JsonRequest(BodyLimits limits) {

    private static final ObjectReader READER =
            Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What came of reading. */
    sealed interface Reading {

        /** Some JSON, of whatever shape. */
        record Read(JsonNode json) implements Reading {}

        /** Too much, or no JSON. */
        record Refused(Refusal refusal) implements Reading {}
    }

    Reading read(Context ctx) throws IOException {
        Optional<byte[]> bytes = BoundedBody.read(ctx.bodyInputStream(), limits.body());
        return bytes.map(JsonRequest::parse)
                .orElseGet(
                        () -> new Reading.Refused(new Refusal.BodyTooLarge("body", limits.body())));
    }

    private static Reading parse(byte[] bytes) {
        try {
            return new Reading.Read(READER.readTree(bytes));
        } catch (IOException e) {
            return new Reading.Refused(new Refusal.MalformedEnvelope(Json.fault(e)));
        }
    }
}
