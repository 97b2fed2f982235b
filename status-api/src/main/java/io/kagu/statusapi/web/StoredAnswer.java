package io.kagu.statusapi.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.kagu.common.codec.Json;
import io.kagu.common.codec.JsonFields;
import io.kagu.common.codec.Rfc3339;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.ViewRow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A job as {@link JobAnswer} tells it, made of the bytes that its owner wrote and of what there is
 * to add: it is what most readers ask for.
 */
final class StoredAnswer {

    private static final JsonFactory FACTORY = Json.MAPPER.getFactory();
    private static final SerializedString QUEUE_POSITION = new SerializedString("queue_position");
    private static final SerializedString QUEUE_DEPTH = new SerializedString("queue_depth");
    private static final SerializedString WAIT = new SerializedString("estimated_wait_s");
    private static final SerializedString WAIT_P90 = new SerializedString("estimated_wait_p90_s");
    private static final SerializedString STATE_REASON = new SerializedString("queue_state_reason");
    private static final SerializedString WAIT_REASONS = new SerializedString("wait_reasons");
    private static final SerializedString EXACT = new SerializedString("exact");
    private static final SerializedString INEXACT_BECAUSE = new SerializedString("inexact_because");
    private static final SerializedString QUEUE_AS_OF = new SerializedString("queue_as_of");
    private static final SerializedString AS_OF = new SerializedString("as_of");
    private static final SerializedString STALE = new SerializedString("stale");
    private static final SerializedString LINKS = new SerializedString("links");
    private static final int USUAL_BYTES = 512;

    private StoredAnswer() {}

    /**
     * The JSON of a job that has ended: it has no place, so nobody need read its view, and no
     * generator need be set up for what little there is to add.
     *
     * @param id a valid one, which needs no escapes
     */
    static byte[] ended(String id, ViewRow row, Freshness freshness) {
        String self = "/v1/jobs/" + id;
        String added =
                ",\"as_of\":\""
                        + Rfc3339.text(freshness.asOf())
                        + "\",\"stale\":"
                        + freshness.stale()
                        + ",\"links\":{\"result\":\""
                        + self
                        + "/result\",\"self\":\""
                        + self
                        + "\"}}";
        return extended(row, added.getBytes(StandardCharsets.US_ASCII));
    }

    /** The JSON of an answer on what the row holds. */
    static byte[] json(ViewRow row, JobAnswer answer) {
        return json(
                row,
                fields -> {
                    place(fields, answer);
                    freshness(fields, new Freshness(answer.asOf(), answer.stale()));
                    links(fields, answer.links());
                });
    }

    /** As {@link JobAnswer#etag} of a job that has ended. */
    static String etag(ViewRow row) {
        return JobAnswer.etag(row.run(), row.version(), row.state());
    }

    private interface Rest {
        void write(JsonFields fields) throws IOException;
    }

    private static byte[] json(ViewRow row, Rest rest) {
        byte[] added = object(rest);
        added[0] = ',';
        return extended(row, added);
    }

    /** The view with more fields, which come with a comma before and with the object's end. */
    private static byte[] extended(ViewRow row, byte[] added) {
        ByteBuffer view = row.viewJson();
        int kept = view.remaining() - 1;
        byte[] json = new byte[kept + added.length];
        view.get(json, 0, kept);
        System.arraycopy(added, 0, json, kept, added.length);
        return json;
    }

    private static byte[] object(Rest rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            rest.write(new JsonFields(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a job", e);
        }
        return bytes.toByteArray();
    }

    private static void place(JsonFields fields, JobAnswer answer) throws IOException {
        fields.number(QUEUE_POSITION, answer.queuePosition())
                .number(QUEUE_DEPTH, answer.queueDepth())
                .number(WAIT, answer.estimatedWaitSeconds())
                .number(WAIT_P90, answer.estimatedWaitP90Seconds())
                .text(STATE_REASON, answer.queueStateReason());
        if (answer.waitReasons().isPresent()) {
            fields.json().writeFieldName(WAIT_REASONS);
            fields.json().writePOJO(answer.waitReasons().get());
        }
        if (answer.exact().isPresent()) {
            fields.flag(EXACT, answer.exact().get());
        }
        fields.text(INEXACT_BECAUSE, answer.inexactBecause().map(Inexact::word))
                .time(QUEUE_AS_OF, answer.queueAsOf());
    }

    private static void freshness(JsonFields fields, Freshness freshness) throws IOException {
        fields.time(AS_OF, freshness.asOf()).flag(STALE, freshness.stale());
    }

    private static void links(JsonFields fields, Map<String, String> links) throws IOException {
        JsonGenerator json = fields.json();
        json.writeFieldName(LINKS);
        json.writeStartObject();
        for (var link : links.entrySet()) {
            json.writeStringField(link.getKey(), link.getValue());
        }
        json.writeEndObject();
    }
}
