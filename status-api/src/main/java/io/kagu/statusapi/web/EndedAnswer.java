package io.kagu.statusapi.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.kagu.common.codec.Json;
import io.kagu.common.codec.JsonFields;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ViewRow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A job that has ended as {@link JobAnswer} tells it, made of the bytes that its owner wrote: it is
 * what most readers ask for, and there is nothing to add but the time and the links.
 */
final class EndedAnswer {

    private static final JsonFactory FACTORY = Json.MAPPER.getFactory();
    private static final SerializedString AS_OF = new SerializedString("as_of");
    private static final SerializedString STALE = new SerializedString("stale");
    private static final SerializedString LINKS = new SerializedString("links");
    private static final int USUAL_BYTES = 256;

    private EndedAnswer() {}

    /** The answer's JSON. */
    static byte[] json(String id, ViewRow row, Freshness freshness) {
        ByteBuffer view = row.viewJson();
        byte[] rest = rest(id, freshness);
        ByteBuffer json = ByteBuffer.allocate(view.remaining() + rest.length - 1);
        json.put(view);
        // The end of the one object and the beginning of the other.
        json.position(json.position() - 1);
        json.put((byte) ',').put(rest, 1, rest.length - 1);
        return json.array();
    }

    /** What follows the view, an object. */
    private static byte[] rest(String id, Freshness freshness) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = FACTORY.createGenerator(rest)) {
            json.writeStartObject();
            new JsonFields(json).time(AS_OF, freshness.asOf()).flag(STALE, freshness.stale());
            json.writeFieldName(LINKS);
            json.writeStartObject();
            for (Map.Entry<String, String> link : JobAnswer.links(id, true).entrySet()) {
                json.writeStringField(link.getKey(), link.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write job " + id, e);
        }
        return rest.toByteArray();
    }

    /** As {@link JobAnswer#etag}. */
    static String etag(ViewRow row) {
        return "W/\"" + row.run() + '.' + row.version() + '.' + row.state() + '"';
    }
}
