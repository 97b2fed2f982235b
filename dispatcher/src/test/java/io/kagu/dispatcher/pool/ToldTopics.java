package io.kagu.dispatcher.pool;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Topics with the ids that a test tells; a rewind is held when the test completes it. */
final class ToldTopics implements SourceTopics {

    private final Map<String, Uuid> ids;
    private final Map<String, CompletableFuture<Void>> rewinds = new TreeMap<>();

    ToldTopics(Map<String, Uuid> ids) {
        this.ids = ids;
    }

    @Override
    public Map<String, Uuid> ids() {
        return ids;
    }

    @Override
    public CompletableFuture<Void> rewind(TopicPartition partition) {
        return rewinds.computeIfAbsent(partition.toString(), name -> new CompletableFuture<>());
    }

    /** The rewinds that were asked for, by topic and partition. */
    Map<String, CompletableFuture<Void>> rewinds() {
        return rewinds;
    }
}
