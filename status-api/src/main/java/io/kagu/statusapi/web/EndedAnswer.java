package io.kagu.statusapi.web;

import io.kagu.common.codec.Json;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ViewRow;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * A job that has ended as {@link JobAnswer} tells it, made of the bytes that its owner wrote: it is
 * what most readers ask for, and there is nothing to add but the time and the links.
 */
final class EndedAnswer {

    private EndedAnswer() {}

    /** What follows the view. */
    private record Rest(Instant asOf, boolean stale, Map<String, String> links) {}

    /** The answer's JSON. */
    static byte[] json(String id, ViewRow row, Freshness freshness) {
        Rest rest = new Rest(freshness.asOf(), freshness.stale(), JobAnswer.links(id, true));
        ByteBuffer view = row.viewJson();
        byte[] last = Json.write(rest);
        ByteBuffer json = ByteBuffer.allocate(view.remaining() + last.length - 1);
        json.put(view);
        // The end of the one object and the beginning of the other.
        json.position(json.position() - 1);
        json.put((byte) ',').put(last, 1, last.length - 1);
        return json.array();
    }

    /** As {@link JobAnswer#etag}. */
    static String etag(ViewRow row) {
        return "W/\"" + row.run() + '.' + row.version() + '.' + row.state() + '"';
    }
}
