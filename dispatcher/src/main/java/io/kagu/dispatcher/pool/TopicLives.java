package io.kagu.dispatcher.pool;

import org.apache.kafka.common.TopicPartition;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Which life of each source topic a task has read, by the id that its store keeps. A topic that was
 * deleted and made anew since is read from its first record: a commit that comes late, or a
 * consumer that takes the new log for the old one cut short, leaves the group behind records that
 * nobody has read. The new id is kept only when the group holds that rewind, so that an owner who
 * dies before leaves it to the next.
 */
final class TopicLives {

    private static final String TOPIC_ID = "topic-id ";

    private final JobStore jobs;
    private final Map<String, Rewind> rewinds = new TreeMap<>();

    private record Rewind(long mark, CompletableFuture<Void> held) {}

    TopicLives(JobStore jobs, SourceTopics topics, int partition) {
        this.jobs = jobs;
        topics.ids()
                .forEach((topic, id) -> {
                    long mark = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
                    OptionalLong known = jobs.number(TOPIC_ID + topic);
                    if (known.isEmpty()) {
                        keep(topic, mark);
                    } else if (known.getAsLong() != mark) {
                        TopicPartition asked = new TopicPartition(topic, partition);
                        rewinds.put(topic, new Rewind(mark, topics.rewind(asked)));
                    }
                });
    }

    private void keep(String topic, long mark) {
        jobs.number(TOPIC_ID + topic, mark);
    }

    /** The topics of which nothing was read before. */
    Set<String> madeAnew() {
        return Set.copyOf(rewinds.keySet());
    }

    /** Writes down the ids of topics whose rewinds the group holds. */
    void write() {
        rewinds.forEach((topic, rewind) -> {
            if (rewind.held().isDone()) {
                keep(topic, rewind.mark());
            }
        });
        rewinds.values().removeIf(rewind -> rewind.held().isDone());
    }

    void close() {
        rewinds.values().forEach(rewind -> rewind.held().cancel(false));
        rewinds.clear();
    }
}
