package io.kagu.statusapi.core;

import io.kagu.common.job.JobIds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a dead letter or a job stands in a list: by time, then by job id.
 *
 * @param time epoch milliseconds, never negative, so that bytes sort as numbers do
 */
public record ListPlace(long time, String id) implements Comparable<ListPlace> {

    /** Before every letter. */
    public static final ListPlace FIRST = new ListPlace(0, "");

    /** After every letter. */
    public static final ListPlace LAST = new ListPlace(Long.MAX_VALUE, "");

    private static final Comparator<ListPlace> ORDER =
            Comparator.comparingLong(ListPlace::time).thenComparing(ListPlace::id);

    /** The place in some bytes from an offset on. */
    static ListPlace decode(byte[] bytes, int offset) {
        int idAt = offset + Long.BYTES;
        return new ListPlace(
                ByteBuffer.wrap(bytes).getLong(offset),
                new String(bytes, idAt, bytes.length - idAt, StandardCharsets.UTF_8));
    }

    /** As bytes that sort as places do: ids are ASCII. */
    byte[] encode() {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + utf8.length)
                .putLong(Math.max(0, time))
                .put(utf8)
                .array();
    }

    /** The text that callers hand back to go on from here. */
    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(encode());
    }

    /**
     * The place that a cursor names.
     *
     * @throws FieldException if it is none of ours
     */
    public static ListPlace ofCursor(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length > Long.BYTES) {
                ListPlace place = decode(bytes, 0);
                if (place.time() >= 0 && JobIds.valid(place.id())) {
                    return place;
                }
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the one answer for all faults.
        }
        throw new FieldException("cursor", "the next_cursor of an earlier answer");
    }

    @Override
    public int compareTo(ListPlace other) {
        return ORDER.compare(this, other);
    }
}
