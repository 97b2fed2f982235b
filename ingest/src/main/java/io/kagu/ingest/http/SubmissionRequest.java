package io.kagu.ingest.http;

import io.javalin.http.Context;
import io.kagu.common.job.Job;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Body;
import io.kagu.ingest.core.EnvelopeReader;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.Fields;
import io.kagu.ingest.core.HeaderFields;
import io.kagu.ingest.core.HeaderFields.Picking;
import io.kagu.ingest.core.MediaTypes;
import io.kagu.ingest.core.ModelPeek;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.Submission;

import java.io.IOException;
import java.util.Optional;

/** Takes a request for one job apart: the body as it is, or an envelope. */
final class SubmissionRequest {

    private final BodyLimits limits;

    SubmissionRequest(BodyLimits limits) {
        this.limits = limits;
    }

    /** Reads the body before anything is judged, so that the caller gets to read the answer. */
    Arrival read(Context ctx) throws IOException {
        boolean envelope = MediaTypes.isEnvelope(contentType(ctx));
        int limit = envelope ? limits.envelope() : limits.body();
        Optional<byte[]> bytes = BoundedBody.read(ctx.bodyInputStream(), limit);
        if (bytes.isEmpty()) {
            return new Arrival.Refused(new Refusal.BodyTooLarge("body", limit));
        }
        return switch (HeaderFields.pick(ctx.headerMap())) {
            case Picking.Refused(Refusal refusal) -> new Arrival.Refused(refusal);
            case Picking.Picked(Fields fields) ->
                    envelope
                            ? opened(bytes.get(), fields.without(Field.CONTENT_TYPE))
                            : plain(Body.of(bytes.get()), fields);
        };
    }

    /** What an envelope says goes before what the headers say. */
    static Arrival opened(byte[] json, Fields defaults) {
        return switch (EnvelopeReader.open(json)) {
            case Arrival.Refused refused -> refused;
            case Arrival.Complete(Submission submission) ->
                    new Arrival.Complete(
                            new Submission(
                                    submission.fields().orElse(defaults),
                                    submission.body(),
                                    submission.bodyField()));
        };
    }

    private static Arrival plain(Body body, Fields fields) {
        return new Arrival.Complete(Submission.plain(withModel(fields, body), body));
    }

    private static Fields withModel(Fields fields, Body body) {
        if (fields.get(Field.MODEL).isPresent() || !isJson(fields, body)) {
            return fields;
        }
        return ModelPeek.into(body).map(m -> fields.with(Field.MODEL, m)).orElse(fields);
    }

    private static boolean isJson(Fields fields, Body body) {
        String type = fields.value(Field.CONTENT_TYPE).orElse(Job.DEFAULT_CONTENT_TYPE);
        return MediaTypes.isJson(MediaTypes.meant(type, body));
    }

    /** As it was sent: the framework fails on a charset that it does not know. */
    private static String contentType(Context ctx) {
        return Optional.ofNullable(ctx.header("Content-Type")).orElse("");
    }
}
