package io.kagu.dispatcher;

import io.kagu.dispatcher.pool.PoolTopology;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Counts the rows that takeovers read from the changelog before their pools can go on, and those
 * that standbys read ahead, which leaves a takeover next to nothing to read.
 */
final class RestoreMeter implements StateRestoreListener, StandbyUpdateListener {

    static final String RESTORED = "kagu.dispatcher.restored.rows";
    static final String READ_AHEAD = "kagu.dispatcher.standby.rows";

    private final Counter restored;
    private final Counter readAhead;

    RestoreMeter(MeterRegistry meters) {
        this.restored = meters.counter(RESTORED);
        this.readAhead = meters.counter(READ_AHEAD);
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        // Counted by batch.
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
        if (PoolTopology.isJobs(store)) {
            restored.increment((double) count);
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {
        // Counted by batch.
    }

    @Override
    public void onUpdateStart(TopicPartition partition, String store, long from) {
        // Counted by batch.
    }

    @Override
    public void onBatchLoaded(
            TopicPartition partition, String store, TaskId task, long to, long count, long end) {
        readAhead.increment((double) count);
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition partition, String store, long to, long end, SuspendReason reason) {
        // Counted by batch.
    }
}
