package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryFold;
import io.kagu.dispatcher.executor.KnownGpus;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * The GPU registry as a global table: every replica has all of it, and it is read completely before
 * any pool decides. Written by the global thread, read by the stream threads.
 */
public final class GpuTable implements KnownGpus {

    static final String STORE = "gpus";
    static final String SOURCE = "from-gpus-registry";
    static final String PROCESSOR = "gpu-table";

    private final RegistryFold fold;
    private volatile boolean complete;

    public GpuTable() {
        this(new RegistryFold());
    }

    GpuTable(RegistryFold fold) {
        this.fold = fold;
    }

    /** The registry now; the same object until it changes. */
    public Registry current() {
        return fold.current();
    }

    @Override
    public Optional<GpuSpec> gpu(String name) {
        return current().gpu(name);
    }

    @Override
    public boolean complete() {
        return complete;
    }

    /** All was read that was there: the global thread runs, which is started before all others. */
    public void completed() {
        complete = true;
    }

    ProcessorSupplier<String, byte[], Void, Void> updater() {
        return Updater::new;
    }

    private final class Updater implements Processor<String, byte[], Void, Void> {

        private @Nullable KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            KeyValueStore<String, byte[]> restored = context.getStateStore(STORE);
            try (KeyValueIterator<String, byte[]> rows = restored.all()) {
                while (rows.hasNext()) {
                    KeyValue<String, byte[]> row = rows.next();
                    fold.apply(row.key, row.value);
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
            fold.apply(row.key(), row.value());
        }
    }
}
