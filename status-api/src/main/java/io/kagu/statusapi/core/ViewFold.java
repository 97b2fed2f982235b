package io.kagu.statusapi.core;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.job.JobEvent;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides what an event does to the view that is known. Events may come twice, late and out of
 * order: {@link io.kagu.common.job.ViewVersion} says which stands.
 */
public final class ViewFold {

    /** The oldest schema that is still read: a rolling upgrade mixes two. */
    private static final int OLDEST_SCHEMA = Math.max(1, JobEvent.SCHEMA - 1);

    private ViewFold() {}

    /** What is to be done. */
    public sealed interface Step {

        /** The event's view becomes the known one. */
        record Store(ViewRow row, JobLabels labels) implements Step {}

        /** Nothing: what is known is as new. */
        record Keep() implements Step {}

        /** Nothing: the record is no event that we can read. */
        record Skip(String why) implements Step {}
    }

    /**
     * The step for one record.
     *
     * @param id the record's key
     * @param time the record's time, epoch milliseconds
     */
    public static Step decide(Optional<ViewRow> known, String id, byte[] event, long time) {
        EventHead head;
        try {
            head = EventHead.read(event);
        } catch (BadJsonException e) {
            return new Step.Skip("unreadable");
        }
        if (head.schema() < OLDEST_SCHEMA || head.schema() > JobEvent.SCHEMA) {
            return new Step.Skip("schema");
        }
        if (!head.id().equals(id)) {
            return new Step.Skip("key");
        }
        boolean newer = known.isEmpty() || head.viewVersion().replaces(known.get().viewVersion());
        if (!newer) {
            return new Step.Keep();
        }
        long listedAt = known.map(ViewRow::listedAt).orElseGet(() -> listedAt(head, time));
        return new Step.Store(ViewRow.of(head, time, listedAt, event), head.labels());
    }

    /** A producer's wrong clock must not keep its jobs first in lists. */
    private static long listedAt(EventHead head, long time) {
        long submitted = head.submittedAt().map(Instant::toEpochMilli).orElse(time);
        return Math.clamp(submitted, 0, Math.max(0, time));
    }
}
