package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.ViewFold;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/** Folds lifecycle events into the view store, one partition of jobs. */
final class EventFoldProcessor implements Processor<String, byte[], Void, Void> {

    private final FoldContext fold;
    private ProcessorContext<Void, Void> context;
    private OpenViews views;
    private JobExpiryStore expiry;
    private JobListStore lists;
    private @Nullable Cancellable sweeping;

    @SuppressWarnings("NullAway.Init") // set by init, before any record
    EventFoldProcessor(FoldContext fold) {
        this.fold = fold;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        int partition = context.taskId().partition();
        JobViewStore stored = new JobViewStore(context.getStateStore(JobViewStore.NAME));
        expiry = new JobExpiryStore(context.getStateStore(JobExpiryStore.NAME));
        KeyValueStore<byte[], byte[]> listed = context.getStateStore(JobListStore.NAME);
        LiveJobs live = new LiveJobs();
        lists = new JobListStore(listed, live);
        lists.open(stored);
        views = fold.stores().views(partition, stored);
        JobResultStore results = new JobResultStore(context.getStateStore(JobResultStore.NAME));
        ExpirySweep sweep =
                new ExpirySweep(fold, new ExpirySweep.Stores(views, results, expiry, lists));
        endSweeping();
        sweeping = context.schedule(ExpirySweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::run);
        fold.stores()
                .open(
                        partition,
                        new OpenStores.Partition(views, results, new JobListRows(listed, live)));
        fold.progress().opened(partition);
    }

    @Override
    public void process(Record<String, byte[]> event) {
        if (event.key() == null || event.value() == null) {
            fold.metrics().skipped(context.recordMetadata(), "empty");
        } else {
            fold(event);
        }
        Instant written = Instant.ofEpochMilli(event.timestamp());
        context.recordMetadata().ifPresent(record -> passed(record, written));
    }

    private void fold(Record<String, byte[]> event) {
        String jobId = event.key();
        Optional<ViewRow> known = views.stored(jobId);
        switch (ViewFold.decide(known, jobId, event.value(), event.timestamp())) {
            case ViewFold.Step.Store(var row, var labels) -> {
                store(jobId, row);
                lists.moved(jobId, known, row, labels);
                fold.waiters().changed(jobId);
            }
            case ViewFold.Step.Keep() -> {
                known.ifPresent(row -> lists.mend(jobId, row));
                fold.metrics().kept();
            }
            case ViewFold.Step.Skip(var why) ->
                    fold.metrics().skipped(context.recordMetadata(), why);
        }
    }

    private void store(String jobId, ViewRow row) {
        views.put(jobId, row);
        if (row.state().terminal()) {
            expiry.add(row.storedAt(), jobId);
        }
        fold.metrics().stored(row.storedAt(), context.currentSystemTimeMs());
    }

    private void passed(RecordMetadata record, Instant written) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        fold.progress().folded(record.partition(), written, now);
        fold.progress().passed(record.partition(), record.offset() + 1);
    }

    /** A task that is revived keeps what was scheduled, which would tell a cache of the past. */
    private void endSweeping() {
        if (sweeping != null) {
            sweeping.cancel();
            sweeping = null;
        }
    }

    @Override
    public void close() {
        endSweeping();
        fold.progress().closed(context.taskId().partition());
        fold.stores().close(context.taskId().partition());
    }
}
