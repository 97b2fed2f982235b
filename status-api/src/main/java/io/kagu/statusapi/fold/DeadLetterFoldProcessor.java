package io.kagu.statusapi.fold;

import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.job.JobIds;
import io.kagu.statusapi.core.LetterFold;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

import java.time.Duration;
import java.time.Instant;

/** Keeps dead letters until they are taken back or too old, one partition of jobs. */
final class DeadLetterFoldProcessor implements Processor<String, byte[], Void, Void> {

    static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

    /** Of one partition and sweep: holds the stream thread for a few milliseconds. */
    static final int MAX_PER_SWEEP = 500;

    private final FoldContext fold;
    private ProcessorContext<Void, Void> context;
    private DeadLetterStore letters;
    private JobViewStore views;

    @SuppressWarnings("NullAway.Init") // set by init, before any record
    DeadLetterFoldProcessor(FoldContext fold) {
        this.fold = fold;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        context = processorContext;
        letters = new DeadLetterStore(context.getStateStore(DeadLetterStore.NAME));
        views = new JobViewStore(context.getStateStore(JobViewStore.NAME));
        letters.recount();
        tellCount();
        fold.letterProgress().opened(context.taskId().partition());
        context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, byte[]> told) {
        if (told.key() == null || !JobIds.valid(told.key())) {
            fold.metrics().skipped(context.recordMetadata(), "key");
        } else if (told.value() == null) {
            takeBack(told);
        } else {
            fold(told, told.value());
        }
        tellCount();
        context.recordMetadata()
                .ifPresent(it -> fold.letterProgress().passed(it.partition(), it.offset() + 1));
    }

    private void tellCount() {
        fold.metrics().letters(context.taskId().partition(), letters.count());
    }

    private void takeBack(Record<String, byte[]> told) {
        if (letters.delete(told.key())) {
            fold.metrics().stored(told.timestamp(), context.currentSystemTimeMs());
        } else {
            fold.metrics().kept();
        }
    }

    private void fold(Record<String, byte[]> told, byte[] body) {
        Instant time = Instant.ofEpochMilli(Math.max(0, told.timestamp()));
        DeadLetter letter;
        try {
            letter = DeadLetter.read(told.key(), told.headers(), time);
        } catch (BadRecordException e) {
            fold.metrics().skipped(context.recordMetadata(), "headers");
            return;
        }
        switch (LetterFold.decide(known(told.key()), letter, body, time)) {
            case LetterFold.Step.Store(var row) -> {
                letters.put(row);
                fold.metrics().stored(told.timestamp(), context.currentSystemTimeMs());
            }
            case LetterFold.Step.Keep() -> fold.metrics().kept();
            case LetterFold.Step.Skip(var why) ->
                    fold.metrics().skipped(context.recordMetadata(), why);
        }
    }

    private LetterFold.Known known(String id) {
        return new LetterFold.Known(
                letters.rows().find(id).map(LetterRow::letter),
                views.find(id).map(ViewRow::run).orElse(0),
                DeadLetterStore.maxRowBytes(fold.topics()));
    }

    private void sweep(long now) {
        long limit = now - fold.letterRetention().toMillis();
        if (limit > 0) {
            for (LetterHead head : letters.before(limit, MAX_PER_SWEEP)) {
                letters.expire(head);
                fold.metrics().expired();
            }
            tellCount();
        }
    }

    @Override
    public void close() {
        fold.letterProgress().closed(context.taskId().partition());
        fold.metrics().lettersGone(context.taskId().partition());
    }
}
