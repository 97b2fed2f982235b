package io.kagu.statusapi.core;

import io.kagu.common.codec.JobViewReader;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.common.job.ViewVersion;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * A row of the view store: what the fold must know at a glance, then the event as it came.
 *
 * <p>Layout: format (1 byte), state (1 byte, a letter), version (8 bytes), time of storing (8
 * bytes, epoch milliseconds), run (4 bytes), time in lists (8 bytes, epoch milliseconds), event
 * (JSON). Format 1 had no time in lists.
 */
public final class ViewRow {

    private static final byte FORMAT = 2;
    private static final byte FORMAT_WITHOUT_LISTS = 1;
    private static final int LISTED_AT = 22;
    private static final int HEAD_BYTES = 30;

    private final byte[] bytes;

    /** Where the view is, once somebody looked; any thread may look again. */
    private @Nullable Span view;

    /** A part of the bytes. */
    private record Span(int at, int length) {}

    private ViewRow(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A row of an event.
     *
     * @param storedAt the event record's time, epoch milliseconds
     * @param listedAt the job's time in lists, epoch milliseconds; the same for all its rows
     */
    static ViewRow of(EventHead head, long storedAt, long listedAt, byte[] event) {
        return new ViewRow(
                ByteBuffer.allocate(HEAD_BYTES + event.length)
                        .put(FORMAT)
                        .put(letter(head.state()))
                        .putLong(head.version())
                        .putLong(storedAt)
                        .putInt(head.run())
                        .putLong(listedAt)
                        .put(event)
                        .array());
    }

    /** A row as it stands in the store. */
    public static ViewRow decode(byte[] bytes) {
        boolean known =
                bytes.length >= LISTED_AT
                        && (bytes[0] == FORMAT_WITHOUT_LISTS
                                || (bytes[0] == FORMAT && bytes.length >= HEAD_BYTES));
        if (!known) {
            throw new IllegalArgumentException("not a view row of format 1 or " + FORMAT);
        }
        return new ViewRow(bytes);
    }

    /** This row for the store. */
    public byte[] encode() {
        return bytes;
    }

    /** How this view stands to others of the job. */
    ViewVersion viewVersion() {
        return new ViewVersion(run(), state().terminal(), version());
    }

    /** Which of the job's lives the view is of. */
    public int run() {
        return ByteBuffer.wrap(bytes).getInt(18);
    }

    /** When the row was stored, epoch milliseconds, by the broker's clock. */
    public long storedAt() {
        return ByteBuffer.wrap(bytes).getLong(10);
    }

    /** The job's time in lists, epoch milliseconds. */
    public long listedAt() {
        return bytes[0] == FORMAT ? ByteBuffer.wrap(bytes).getLong(LISTED_AT) : storedAt();
    }

    /** Of which time this row tells where it stands in a copy of its store. */
    public Freshness copied() {
        return Freshness.stale(Instant.ofEpochMilli(storedAt()));
    }

    /** The job's state. */
    public JobStatus state() {
        return state(bytes[1]);
    }

    /** The number of the view within its run. */
    public long version() {
        return ByteBuffer.wrap(bytes).getLong(2);
    }

    /** The whole view. */
    public JobView view() {
        return JobViewReader.ofEvent(bytes, eventAt())
                .orElseGet(() -> Json.read(event(), Body.class).job());
    }

    /** The view as it was written: the bytes of a JSON object. */
    public ByteBuffer viewJson() {
        Span known = view;
        if (known == null) {
            ByteBuffer found = EventHead.viewOf(bytes, eventAt());
            known = new Span(found.arrayOffset(), found.remaining());
            view = known;
        }
        return ByteBuffer.wrap(bytes, known.at(), known.length()).slice();
    }

    /** What lists are filtered by. */
    public JobLabels labels() {
        return EventHead.read(event()).labels();
    }

    private byte[] event() {
        return Arrays.copyOfRange(bytes, eventAt(), bytes.length);
    }

    private int eventAt() {
        return bytes[0] == FORMAT ? HEAD_BYTES : LISTED_AT;
    }

    /** An event's view alone, so that a type of event we do not know yet is no obstacle. */
    private record Body(JobView job) {}

    static byte letter(JobStatus state) {
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

    static JobStatus state(byte letter) {
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
