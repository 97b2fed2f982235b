package io.kagu.ingest.core.tinker;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.ingest.core.Refusal;

import java.util.Optional;

/** Reads what a Tinker client posts to begin a sampling session. */
public final class SessionReader {

    private SessionReader() {}

    /** What came of reading. */
    public sealed interface Reading {

        /** The model that is going to be sampled. */
        record Read(AskedModel model) implements Reading {}

        /** A request that asks for what is not allowed. */
        record Refused(Refusal refusal) implements Reading {}
    }

    /** Reads a request's body; the session that it belongs to need not be known. */
    public static Reading read(JsonNode body) {
        NodeFields fields = NodeFields.of(body);
        if (fields.text("session_id").isEmpty()) {
            fields.fail("session_id", "text");
        }
        if (fields.whole("sampling_session_seq_id", 0, Long.MAX_VALUE).isEmpty()) {
            fields.fail("sampling_session_seq_id", "a whole number from 0");
        }
        AskedModel model = named(fields);
        return fields.fault()
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read(model));
    }

    /** Weights are said more exactly by their path than by the model they began as. */
    static AskedModel named(NodeFields fields) {
        Optional<AskedModel> path = named(fields, "model_path");
        Optional<AskedModel> base = named(fields, "base_model");
        return path.or(() -> base).orElseGet(AskedModel.Unnamed::new);
    }

    private static Optional<AskedModel> named(NodeFields fields, String field) {
        return fields.text(field).map(name -> new AskedModel.Named(field, name));
    }
}
