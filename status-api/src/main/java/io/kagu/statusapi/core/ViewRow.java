package io.kagu.statusapi.core;

import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A row of the view store: what the fold must know at a glance, then the event as it came.
 *
 * <p>Layout: format (1 byte), state (1 byte, a letter), version (8 bytes), time of storing (8
 * bytes, epoch milliseconds), run (4 bytes), event (JSON).
 */
public final class ViewRow {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 22;

    private final byte[] bytes;

    private ViewRow(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A row of an event.
     *
     * @param storedAt the event record's time, epoch milliseconds
     */
    static ViewRow of(EventHead head, long storedAt, byte[] event) {
        return new ViewRow(
                ByteBuffer.allocate(HEAD_BYTES + event.length)
                        .put(FORMAT)
                        .put(letter(head.state()))
                        .putLong(head.version())
                        .putLong(storedAt)
                        .putInt(head.run())
                        .put(event)
                        .array());
    }

    /** A row as it stands in the store. */
    public static ViewRow decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("not a view row of format " + FORMAT);
        }
        return new ViewRow(bytes);
    }

    /** This row for the store. */
    public byte[] encode() {
        return bytes;
    }

    /** How this view stands to others of the job. */
    ViewVersion viewVersion() {
        ByteBuffer row = ByteBuffer.wrap(bytes);
        return new ViewVersion(run(), state().terminal(), row.getLong(2));
    }

    /** Which of the job's lives the view is of. */
    public int run() {
        return ByteBuffer.wrap(bytes).getInt(18);
    }

    /** When the row was stored, epoch milliseconds, by the broker's clock. */
    public long storedAt() {
        return ByteBuffer.wrap(bytes).getLong(10);
    }

    /** Of which time this row tells where it stands in a copy of its store. */
    public Freshness copied() {
        return Freshness.stale(Instant.ofEpochMilli(storedAt()));
    }

    /** The job's state. */
    public JobStatus state() {
        return state(bytes[1]);
    }

    /** The whole view. */
    public JobView view() {
        byte[] event = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        return Json.read(event, Body.class).job();
    }

    /** An event's view alone, so that a type of event we do not know yet is no obstacle. */
    private record Body(JobView job) {}

    private static byte letter(JobStatus state) {
        return (byte)
                switch (state) {
                    case QUEUED -> 'Q';
                    case RUNNING -> 'R';
                    case RETRYING -> 'T';
                    case COMPLETED -> 'C';
                    case DEAD -> 'D';
                    case CANCELLED -> 'X';
                    case EXPIRED -> 'E';
                };
    }

    private static JobStatus state(byte letter) {
        return switch (letter) {
            case 'Q' -> JobStatus.QUEUED;
            case 'R' -> JobStatus.RUNNING;
            case 'T' -> JobStatus.RETRYING;
            case 'C' -> JobStatus.COMPLETED;
            case 'D' -> JobStatus.DEAD;
            case 'X' -> JobStatus.CANCELLED;
            case 'E' -> JobStatus.EXPIRED;
            default -> throw new IllegalArgumentException("no state has the letter " + letter);
        };
    }
}
