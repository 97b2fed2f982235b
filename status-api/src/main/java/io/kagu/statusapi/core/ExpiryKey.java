package io.kagu.statusapi.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A place in the expiry index: jobs in the order in which they were stored as ended.
 *
 * @param time epoch milliseconds, never negative, so that bytes sort as numbers do
 */
public record ExpiryKey(long time, String jobId) {

    private static final int TIME_BYTES = 8;

    /** A key as it stands in the index. */
    public static ExpiryKey decode(byte[] bytes) {
        return new ExpiryKey(
                ByteBuffer.wrap(bytes).getLong(),
                new String(bytes, TIME_BYTES, bytes.length - TIME_BYTES, StandardCharsets.UTF_8));
    }

    /** Sorts before every key of this time. */
    public static byte[] startOf(long time) {
        return new ExpiryKey(time, "").encode();
    }

    /** This key for the index. */
    public byte[] encode() {
        byte[] id = jobId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(TIME_BYTES + id.length)
                .putLong(Math.max(0, time))
                .put(id)
                .array();
    }
}
