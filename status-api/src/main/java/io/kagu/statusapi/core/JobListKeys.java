package io.kagu.statusapi.core;

import io.kagu.common.job.JobStatus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the store of lists: {@code L} and job id, a job that is live; {@code E}, the letter
 * of a state and a place, a job that ended in it.
 */
public final class JobListKeys {

    private static final byte LIVE = 'L';
    private static final byte ENDED = 'E';
    private static final int PLACE_AT = 2;

    private JobListKeys() {}

    /** Of a live job. */
    public static byte[] live(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + utf8.length).put(LIVE).put(utf8).array();
    }

    /** Before every live job. */
    public static byte[] firstLive() {
        return new byte[] {LIVE};
    }

    /** After every live job. */
    public static byte[] afterLive() {
        return new byte[] {LIVE + 1};
    }

    /** The job in the key of a live one. */
    public static String liveId(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    /** Of a job that ended in a state. */
    public static byte[] ended(JobStatus state, ListPlace place) {
        byte[] at = place.encode();
        return ByteBuffer.allocate(PLACE_AT + at.length)
                .put(ENDED)
                .put(ViewRow.letter(state))
                .put(at)
                .array();
    }

    /** The place in the key of a job that ended. */
    public static ListPlace place(byte[] key) {
        return ListPlace.decode(key, PLACE_AT);
    }
}
