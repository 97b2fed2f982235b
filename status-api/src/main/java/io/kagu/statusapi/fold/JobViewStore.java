package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Optional;

/** The last known view of each job, by job id. */
final class JobViewStore {

    static final String NAME = "job-views";

    private final KeyValueStore<String, byte[]> store;

    JobViewStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    /** Cached: of a job's views within one commit, only the last reaches disk and changelog. */
    static StoreBuilder<KeyValueStore<String, byte[]>> builder(TopicConfig topics) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Changelogs.settings(topics, topics.maxRequestRecordBytes()));
    }

    boolean isOpen() {
        return store.isOpen();
    }

    Optional<ViewRow> find(String jobId) {
        return Optional.ofNullable(store.get(jobId)).map(ViewRow::decode);
    }

    void put(String jobId, ViewRow row) {
        store.put(jobId, row.encode());
    }

    void delete(String jobId) {
        store.delete(jobId);
    }
}
