package io.kagu.dispatcher.pool;

import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

import java.time.Duration;

/** What a task does by the clock, and how often. */
final class Upkeep {

    private static final Duration TICK = Duration.ofMillis(25);
    private static final Duration WATCH = Duration.ofMillis(250);
    private static final Duration REPORT = Duration.ofSeconds(1);

    private final PoolProcessor task;
    private final Retention retention;

    Upkeep(PoolProcessor task, Retention retention) {
        this.task = task;
        this.retention = retention;
    }

    void schedule(ProcessorContext<String, byte[]> context) {
        every(TICK, context, now -> task.tick());
        every(WATCH, context, now -> task.watch());
        every(
                REPORT,
                context,
                now -> {
                    task.report();
                    retention.sweep(now);
                });
    }

    private static void every(
            Duration interval, ProcessorContext<String, byte[]> context, Punctuator action) {
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, action);
    }
}
