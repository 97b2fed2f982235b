package io.kagu.statusapi.fold;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the fold does, and says aloud which records it could not use. */
public final class FoldMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(FoldMetrics.class);

    private final MeterRegistry registry;
    private final Counter stored;
    private final Counter kept;
    private final Counter expired;

    private final Map<Integer, Long> lettersByPartition = new ConcurrentHashMap<>();

    private volatile long delayMillis;

    public FoldMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.stored = registry.counter("kagu.status.fold.stored");
        this.kept = registry.counter("kagu.status.fold.kept");
        this.expired = registry.counter("kagu.status.fold.expired");
        registry.gauge("kagu.status.fold.delay.ms", this, metrics -> metrics.delayMillis);
        registry.gauge("kagu.status.dead.letters", this, FoldMetrics::letters);
    }

    private double letters() {
        return lettersByPartition.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many dead letters a partition has now. */
    void letters(int partition, long count) {
        lettersByPartition.put(partition, count);
    }

    /** A partition's dead letters are another instance's to count. */
    void lettersGone(int partition) {
        lettersByPartition.remove(partition);
    }

    void stored(long recordTime, long now) {
        stored.increment();
        delayMillis = Math.max(0, now - recordTime);
    }

    void kept() {
        kept.increment();
    }

    void expired() {
        expired.increment();
    }

    /** A record that carries no job we can know of: nobody waits for it, so it is only named. */
    void skipped(Optional<RecordMetadata> record, String why) {
        registry.counter("kagu.status.fold.skipped", "reason", why).increment();
        LOG.atWarn()
                .addKeyValue("topic", record.map(RecordMetadata::topic).orElse("unknown"))
                .addKeyValue("partition", record.map(RecordMetadata::partition).orElse(-1))
                .addKeyValue("offset", record.map(RecordMetadata::offset).orElse(-1L))
                .addKeyValue("reason", why)
                .log("record skipped");
    }
}
