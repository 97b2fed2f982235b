package io.kagu.statusapi.core;

import io.kagu.common.job.JobStatus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the store of lists:
 *
 * <ul>
 *   <li>{@code L} and job id: a job that is live.
 *   <li>{@code A} and place: a job that ended, in whatever state.
 *   <li>{@code S}, the letter of a state and place: once more a job that ended in it, unless that
 *       is COMPLETED. Most do, and are found among all; the others have lists of their own, so that
 *       one need not look through those that completed.
 * </ul>
 */
public final class JobListKeys {

    private static final byte LIVE = 'L';
    private static final byte ENDED = 'A';
    private static final byte ENDED_IN = 'S';

    /** Of the old layout: stood instead of both, with the letter of any state. */
    private static final byte OLD_ENDED = 'E';

    private static final int LETTER_AT = 1;
    private static final int PLACE_AT = 1;
    private static final int PLACE_BEHIND_LETTER_AT = 2;

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

    /** Of a job that ended, among all that did. */
    public static byte[] ended(ListPlace place) {
        byte[] at = place.encode();
        return ByteBuffer.allocate(PLACE_AT + at.length).put(ENDED).put(at).array();
    }

    /** Whether those that ended in a state have a list of their own. */
    public static boolean apart(JobStatus state) {
        return state.terminal() && state != JobStatus.COMPLETED;
    }

    /** Of a job that ended in a state, among those that did alone. */
    public static byte[] endedIn(JobStatus state, ListPlace place) {
        byte[] at = place.encode();
        return ByteBuffer.allocate(PLACE_BEHIND_LETTER_AT + at.length)
                .put(ENDED_IN)
                .put(ViewRow.letter(state))
                .put(at)
                .array();
    }

    /** The place in the key of a job that ended. */
    public static ListPlace place(byte[] key) {
        return ListPlace.decode(key, key[0] == ENDED ? PLACE_AT : PLACE_BEHIND_LETTER_AT);
    }

    /** Before every row of the old layout: ended jobs by state and place alone. */
    public static byte[] firstOld() {
        return new byte[] {OLD_ENDED};
    }

    /** After every row of the old layout. */
    public static byte[] afterOld() {
        return new byte[] {OLD_ENDED + 1};
    }

    /** The job of a row of the old layout. */
    public static JobEntry old(byte[] key, byte[] labels) {
        return new JobEntry(place(key), ViewRow.state(key[LETTER_AT]), JobLabels.decode(labels));
    }
}
