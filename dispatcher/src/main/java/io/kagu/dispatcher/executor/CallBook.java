package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;

/**
 * All calls of an executor: open ones, and for a short time those whose outcome is stored, since an
 * owner that has not read the outcome yet suspects an unlisted call to be lost. Safe for many
 * threads; times are {@link System#nanoTime} values given by the caller.
 */
final class CallBook {

    /** How long an ended call is remembered. */
    static final Duration REMEMBERED = Duration.ofSeconds(2);

    /**
     * Calls that ended sooner than this are not listed: they are too many, and a call so young is
     * not missed from a heartbeat before its outcome is read.
     */
    static final Duration QUICK = Duration.ofMillis(250);

    /** Most calls in one heartbeat. */
    static final int MAX_LISTED = 20_000;

    /** Keeps a heartbeat below what a broker takes by default, even if nothing compresses. */
    static final int MAX_LISTED_BYTES = 1_000_000;

    private static final int JSON_BYTES_PER_CALL = 36;

    private final ConcurrentMap<RunningCall, OpenCall> open = new ConcurrentHashMap<>();
    private final Set<RunningCall> ended = ConcurrentHashMap.newKeySet();
    private final Deque<Ending> endings = new ConcurrentLinkedDeque<>();
    private final Object emptied = new Object();

    /** A call whose outcome was stored. */
    private record Ending(RunningCall key, long at, boolean quick) {}

    /** Takes in a new call; false if it is known already. */
    boolean open(OpenCall call) {
        if (open.putIfAbsent(call.key(), call) != null) {
            return false;
        }
        // An ending is noted before its call leaves the map, so it is seen here or above.
        if (ended.contains(call.key())) {
            remove(call.key());
            return false;
        }
        return true;
    }

    /** Notes that a call's outcome is stored. */
    void close(OpenCall call, long now) {
        ended.add(call.key());
        endings.addLast(new Ending(call.key(), now, call.age(now) < QUICK.toNanos()));
        remove(call.key());
    }

    private void remove(RunningCall key) {
        open.remove(key);
        if (open.isEmpty()) {
            synchronized (emptied) {
                emptied.notifyAll();
            }
        }
    }

    /** Stops one call, if it is open. */
    void stop(RunningCall key, Outcome outcome) {
        OpenCall call = open.get(key);
        if (call != null) {
            call.stop(outcome);
        }
    }

    /** Stops every open call. */
    void stopAll(Outcome outcome) {
        open.values().forEach(call -> call.stop(outcome));
    }

    /** Calls whose outcome is not stored yet. */
    int openCount() {
        return open.size();
    }

    /**
     * The calls for a heartbeat, open ones first, then the last ended ones, within the bounds; and
     * forgets what ended too long ago.
     */
    List<RunningCall> listed(long now) {
        forget(now);
        Listing listing = new Listing();
        open.keySet().forEach(listing::add);
        endings.descendingIterator().forEachRemaining(listing::add);
        return listing.calls;
    }

    private void forget(long now) {
        Ending oldest = endings.peekFirst();
        while (oldest != null && now - oldest.at() > REMEMBERED.toNanos()) {
            endings.pollFirst();
            ended.remove(oldest.key());
            oldest = endings.peekFirst();
        }
    }

    /** Waits until no call is open; false if some still are when the time is over. */
    boolean awaitEmpty(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (emptied) {
            try {
                long millis = millisUntil(end);
                while (!open.isEmpty() && millis > 0) {
                    emptied.wait(millis);
                    millis = millisUntil(end);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return open.isEmpty();
    }

    private static long millisUntil(long end) {
        return Math.ceilDiv(end - System.nanoTime(), 1_000_000);
    }

    /** A heartbeat's list while it grows. */
    private static final class Listing {
        private final List<RunningCall> calls = new ArrayList<>();
        private int bytes;

        void add(Ending ending) {
            if (!ending.quick()) {
                add(ending.key());
            }
        }

        void add(RunningCall call) {
            int size = call.jobId().length() + JSON_BYTES_PER_CALL;
            if (calls.size() < MAX_LISTED && bytes + size <= MAX_LISTED_BYTES) {
                bytes += size;
                calls.add(call);
            }
        }
    }
}
