package io.kagu.dispatcher;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows how far the brokers have stored a replica's changelog. A call that another replica makes
 * outlives its owner: it may begin only once whoever takes over is sure to find its lease. Brokers
 * acknowledge the records of a partition in order, so counting tells which are stored.
 */
final class ChangelogAcks {

    private final Map<Integer, Progress> byPartition = new ConcurrentHashMap<>();

    /** The producer's progress that writes a partition from now on. */
    void writtenBy(int partition, Progress progress) {
        byPartition.put(partition, progress);
    }

    /**
     * Runs an action, on a thread of its own, once all is stored that was written to a partition so
     * far. Never runs it if that fails.
     */
    void whenStored(int partition, Runnable action) {
        byPartition.getOrDefault(partition, new Progress()).whenStored(action);
    }

    /** One producer's records of one partition; safe for its stream's and its network's thread. */
    static final class Progress {

        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private long sent;
        private long stored;
        private boolean failed;

        private record Waiting(long until, Runnable action) {}

        synchronized void sent() {
            sent++;
        }

        synchronized void stored() {
            stored++;
            release();
        }

        /** The hole is never filled: Streams replaces the thread and its producer. */
        synchronized void failed() {
            failed = true;
            waiting.clear();
        }

        private synchronized void whenStored(Runnable action) {
            if (!failed) {
                waiting.add(new Waiting(sent, action));
                release();
            }
        }

        private void release() {
            Waiting next = waiting.peek();
            while (next != null && next.until() <= stored) {
                Thread.startVirtualThread(next.action());
                waiting.remove();
                next = waiting.peek();
            }
        }
    }
}
