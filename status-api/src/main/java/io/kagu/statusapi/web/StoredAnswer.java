package io.kagu.statusapi.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.kagu.common.codec.Json;
import io.kagu.common.codec.JsonFields;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.ViewRow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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

    /** The JSON of a job that has ended: it has no place, so nobody need read its view. */
    static byte[] ended(String id, ViewRow row, Freshness freshness) {
        return json(
                row,
                fields -> {
                    freshness(fields, freshness);
                    links(fields, JobAnswer.links(id, true));
                });
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
        ByteBuffer view = row.viewJson();
        byte[] added = object(rest);
        ByteBuffer json = ByteBuffer.allocate(view.remaining() + added.length - 1);
        json.put(view);
        // The end of the one object and the beginning of the other.
        json.position(json.position() - 1);
        json.put((byte) ',').put(added, 1, added.length - 1);
        return json.array();
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
