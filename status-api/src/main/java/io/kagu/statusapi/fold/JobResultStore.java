package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.ResultRow;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.Optional;

/** The response of each completed job, by job id. */
final class JobResultStore {

    static final String NAME = "job-results";

    private final KeyValueStore<String, byte[]> store;

    JobResultStore(KeyValueStore<String, byte[]> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> builder(TopicConfig topics) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Changelogs.settings(topics, topics.maxResponseRecordBytes()));
    }

    Optional<ResultRow> find(String jobId) {
        return Optional.ofNullable(store.get(jobId)).map(ResultRow::decode);
    }

    void put(String jobId, ResultRow row) {
        store.put(jobId, row.encode());
    }

    void delete(String jobId) {
        store.delete(jobId);
    }
}
