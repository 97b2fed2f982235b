package io.kagu.dispatcher.pool;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.dispatcher.core.SidecarReading;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the sidecars said last, as a global table: every replica has all of it. Written by the
 * global thread, read by the stream threads. What is read while it runs counts from when it came;
 * what stood there before counts from when the scraper wrote it, as nothing else is known of its
 * age.
 */
public final class SidecarTable {

    static final String STORE = "sidecars";
    static final String SOURCE = "from-gpus-metrics";
    static final String PROCESSOR = "sidecar-table";

    private static final Logger LOG = LoggerFactory.getLogger(SidecarTable.class);

    private final InstantSource clock;
    private final Map<String, SidecarReading> readings = new ConcurrentSkipListMap<>();
    private final AtomicLong version = new AtomicLong();

    public SidecarTable(InstantSource clock) {
        this.clock = clock;
    }

    /** Grows whenever something was read. */
    long version() {
        return version.get();
    }

    /** The last reading of each GPU. */
    List<SidecarReading> readings() {
        return List.copyOf(readings.values());
    }

    ProcessorSupplier<String, byte[], Void, Void> updater() {
        return Updater::new;
    }

    /** Takes note of a row that comes now. */
    void hear(String gpu, byte @Nullable [] metrics) {
        note(gpu, metrics, true);
    }

    private void note(String gpu, byte @Nullable [] json, boolean comesNow) {
        try {
            if (json == null) {
                readings.remove(gpu);
            } else {
                SidecarReading said = read(gpu, json, comesNow);
                readings.merge(gpu, said, (known, newer) -> newer.after(known));
            }
            version.incrementAndGet();
        } catch (BadJsonException | BadRecordException e) {
            LOG.atWarn()
                    .addKeyValue("gpu", gpu)
                    .addKeyValue("fault", e.getMessage())
                    .log("metrics row not read");
        }
    }

    private SidecarReading read(String gpu, byte[] json, boolean comesNow) {
        GpuMetrics metrics = Json.read(json, GpuMetrics.class);
        if (!metrics.gpu().equals(gpu)) {
            throw new BadRecordException("metrics of another GPU, " + metrics.gpu());
        }
        long now = clock.millis();
        long seen = comesNow ? now : Math.min(now, metrics.time().toEpochMilli());
        return new SidecarReading(metrics, seen);
    }

    private final class Updater implements Processor<String, byte[], Void, Void> {

        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            KeyValueStore<String, byte[]> restored = context.getStateStore(STORE);
            try (KeyValueIterator<String, byte[]> rows = restored.all()) {
                while (rows.hasNext()) {
                    KeyValue<String, byte[]> row = rows.next();
                    note(row.key, row.value, false);
                }
            }
            store = restored;
        }

        @Override
        public void process(Record<String, byte[]> row) {
            if (row.key() == null) {
                return;
            }
            Objects.requireNonNull(store).put(row.key(), row.value());
            note(row.key(), row.value(), true);
        }
    }
}
