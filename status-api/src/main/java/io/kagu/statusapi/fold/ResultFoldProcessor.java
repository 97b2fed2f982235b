package io.kagu.statusapi.fold;

import io.kagu.common.codec.BadRecordException;
import io.kagu.statusapi.core.ResultRow;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import java.util.Optional;

/**
 * Stores responses, one partition of jobs. The owner tells the one that completed the job last: an
 * earlier one of another attempt is of a completion that a crash undid before it was told.
 */
final class ResultFoldProcessor implements Processor<String, byte[], Void, Void> {

    private final FoldContext fold;
    private ProcessorContext<Void, Void> context;
    private JobViewStore views;
    private JobResultStore results;
    private JobExpiryStore expiry;

    @SuppressWarnings("NullAway.Init") // set by init, before any record
    ResultFoldProcessor(FoldContext fold) {
        this.fold = fold;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        views = new JobViewStore(context.getStateStore(JobViewStore.NAME));
        results = new JobResultStore(context.getStateStore(JobResultStore.NAME));
        expiry = new JobExpiryStore(context.getStateStore(JobExpiryStore.NAME));
    }

    @Override
    public void process(Record<String, byte[]> response) {
        if (response.key() == null || response.value() == null) {
            fold.metrics().skipped(context.recordMetadata(), "empty");
            return;
        }
        try {
            store(response, ResultRow.of(ResultHeaders.read(response.headers()), response.value()));
        } catch (BadRecordException e) {
            fold.metrics().skipped(context.recordMetadata(), "headers");
        }
    }

    private void store(Record<String, byte[]> response, ResultRow row) {
        String jobId = response.key();
        Optional<ResultRow> known = results.find(jobId);
        if (known.isPresent() && known.get().attempt() == row.attempt()) {
            fold.metrics().kept();
            return;
        }
        results.put(jobId, row);
        if (views.find(jobId).isEmpty()) {
            // Its events may be gone already: nothing else would ever remove it.
            expiry.add(context.currentSystemTimeMs(), jobId);
        }
        fold.metrics().stored(response.timestamp(), context.currentSystemTimeMs());
        fold.waiters().changed(jobId);
    }
}
