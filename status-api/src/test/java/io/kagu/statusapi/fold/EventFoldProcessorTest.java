package io.kagu.statusapi.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.topic.TopicConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

class EventFoldProcessorTest {

    private static final TopicConfig TOPICS =
            new TopicConfig("kagu.", 1, (short) 1, 1 << 20, 8 << 20, 72);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FoldContext fold =
            new FoldContext(
                    TOPICS,
                    Duration.ofHours(24),
                    Duration.ofDays(7),
                    new JobWaiters(10),
                    new FoldProgress(),
                    new FoldProgress(),
                    new OpenStores(ViewCaches.of(1 << 20, registry)),
                    new FoldMetrics(registry));
    private final EventFoldProcessor processor = new EventFoldProcessor(fold);
    private MockProcessorContext<Void, Void> context;

    @BeforeEach
    void stores(@TempDir Path stateDir) {
        context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), stateDir.toFile());
        add(JobViewStore.NAME, Serdes.String());
        add(JobResultStore.NAME, Serdes.String());
        add(JobExpiryStore.NAME, Serdes.ByteArray());
        add(JobListStore.NAME, Serdes.ByteArray());
    }

    private <K> void add(String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    /** Streams revives a task with what it had scheduled: the sweep of an earlier life must end. */
    @Test
    void aRevivedTaskSweepsOnce() {
        processor.init(context);
        processor.close();
        processor.init(context);

        assertThat(context.scheduledPunctuators())
                .extracting(CapturedPunctuator::cancelled)
                .containsExactly(true, false);
    }

    @Test
    void aClosedPartitionCannotBeAsked() {
        processor.init(context);
        assertThat(fold.stores().of(0).views().find("job-1")).isEmpty();

        processor.close();

        assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
        assertThatThrownBy(() -> fold.stores().of(0))
                .isInstanceOf(InvalidStateStoreException.class);
    }
}
