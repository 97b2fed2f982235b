package io.kagu.statusapi.core;

import io.kagu.common.job.JobIds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * Where a dead letter stands among all: by the time of death, then by job id.
 *
 * @param time epoch milliseconds, never negative, so that bytes sort as numbers do
 */
public record LetterPlace(long time, String id) implements Comparable<LetterPlace> {

    /** Before every letter. */
    public static final LetterPlace FIRST = new LetterPlace(0, "");

    /** After every letter. */
    public static final LetterPlace LAST = new LetterPlace(Long.MAX_VALUE, "");

    private static final Comparator<LetterPlace> ORDER =
            Comparator.comparingLong(LetterPlace::time).thenComparing(LetterPlace::id);

    /** The place in some bytes from an offset on. */
    static LetterPlace decode(byte[] bytes, int offset) {
        int idAt = offset + Long.BYTES;
        return new LetterPlace(
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
    static LetterPlace ofCursor(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length > Long.BYTES) {
                LetterPlace place = decode(bytes, 0);
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
    public int compareTo(LetterPlace other) {
        return ORDER.compare(this, other);
    }
}
