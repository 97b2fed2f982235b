package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.Freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the fold has read each partition of events that this instance owns. Written by the stream
 * thread, awaited by any.
 */
public final class FoldProgress {

    private static final long UNKNOWN = -1;

    private final ConcurrentHashMap<Integer, Reading> owned = new ConcurrentHashMap<>();

    void opened(int partition) {
        Reading before = owned.put(partition, new Reading());
        if (before != null) {
            before.abandon();
        }
    }

    void closed(int partition) {
        Reading reading = owned.remove(partition);
        if (reading != null) {
            reading.abandon();
        }
    }

    void passed(int partition, long nextOffset) {
        Reading reading = owned.get(partition);
        if (reading != null) {
            reading.advance(nextOffset);
        }
    }

    /** The last record that was folded: when it was written, and when it was folded. */
    void folded(int partition, Instant written, Instant now) {
        Reading reading = owned.get(partition);
        if (reading != null) {
            reading.last = new Folded(written, now);
        }
    }

    /**
     * Of which time what is told of a partition is true: a fold that works through old records is
     * no further than they are.
     */
    Freshness freshness(int partition, Instant now) {
        Reading reading = owned.get(partition);
        if (reading == null || !reading.last.isBehind(now)) {
            return Freshness.current(now);
        }
        return Freshness.stale(reading.last.written());
    }

    /** Whether this instance owns a partition, and its stores are complete. */
    boolean owns(int partition) {
        return owned.containsKey(partition);
    }

    /** The partitions that this instance owns. */
    Set<Integer> partitions() {
        return Set.copyOf(owned.keySet());
    }

    /** Whether it is known where the fold stands, which it is not until its first record. */
    public boolean knows(int partition) {
        Reading reading = owned.get(partition);
        return reading != null && reading.known();
    }

    /** The fold stands at least here: it began with this offset. */
    public void startedAt(int partition, long offset) {
        passed(partition, offset);
    }

    /**
     * Completes once every record before an offset is folded; fails when the partition is not, or
     * no longer, owned here.
     */
    public CompletableFuture<Void> reached(int partition, long offset) {
        Reading reading = owned.get(partition);
        return reading == null ? notOwned() : reading.reached(offset);
    }

    /** A record that was folded. */
    private record Folded(Instant written, Instant at) {

        static final Folded NONE = new Folded(Instant.EPOCH, Instant.EPOCH);
        private static final Duration FRESH = Duration.ofSeconds(5);

        /** Just now, and the record was old then: there are likely more. */
        boolean isBehind(Instant now) {
            return written.plus(FRESH).isBefore(at) && at.plus(FRESH).isAfter(now);
        }
    }

    /** One partition, from the start of its task to its end. */
    private static final class Reading {

        private final NavigableMap<Long, CompletableFuture<Void>> awaited = new TreeMap<>();
        private long position = UNKNOWN;
        private boolean abandoned;
        private volatile Folded last = Folded.NONE;

        synchronized boolean known() {
            return position != UNKNOWN;
        }

        synchronized void advance(long nextOffset) {
            position = Math.max(position, nextOffset);
            while (!awaited.isEmpty() && awaited.firstKey() <= position) {
                awaited.pollFirstEntry().getValue().complete(null);
            }
        }

        synchronized CompletableFuture<Void> reached(long offset) {
            if (abandoned) {
                return notOwned();
            }
            return position >= offset
                    ? CompletableFuture.completedFuture(null)
                    : awaited.computeIfAbsent(offset, o -> new CompletableFuture<>());
        }

        synchronized void abandon() {
            abandoned = true;
            awaited.values().forEach(future -> future.cancel(false));
            awaited.clear();
        }
    }

    private static CompletableFuture<Void> notOwned() {
        return CompletableFuture.failedFuture(new CancellationException("not owned here"));
    }
}
