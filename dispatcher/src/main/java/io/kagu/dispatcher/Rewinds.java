package io.kagu.dispatcher;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The partitions that are to begin again at their first records. Kafka Streams lets no processor
 * move its consumer; so a task asks here, and its thread's consumer does it before it polls again.
 */
final class Rewinds {

    private static final Logger LOG = LoggerFactory.getLogger(Rewinds.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final OffsetAndMetadata FIRST = new OffsetAndMetadata(0);

    private final Map<TopicPartition, Ask> asked = new ConcurrentHashMap<>();

    /** Touched by the thread that asked alone, but for its end. */
    private static final class Ask {
        private final Thread asker = Thread.currentThread();
        private final CompletableFuture<Void> held = new CompletableFuture<>();
        private boolean sought;
        private boolean failed;

        boolean isOver() {
            return held.isDone() || !asker.isAlive();
        }
    }

    /**
     * Rewinds a partition of the calling stream thread, which has read nothing of it yet.
     *
     * @return completes once the group holds it; may be cancelled
     */
    CompletableFuture<Void> ask(TopicPartition partition) {
        Ask ask = new Ask();
        asked.put(partition, ask);
        return ask.held;
    }

    /** Does what the calling thread asked for, as far as its consumer has the partitions. */
    void beforePoll(Consumer<?, ?> consumer) {
        if (asked.isEmpty()) {
            return;
        }
        asked.values().removeIf(Ask::isOver);
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, Ask> due =
                asked.entrySet().stream()
                        .filter(entry -> entry.getValue().asker.equals(Thread.currentThread()))
                        .filter(entry -> assigned.contains(entry.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!due.isEmpty()) {
            due.forEach((partition, ask) -> seek(consumer, partition, ask));
            commit(consumer, due);
        }
    }

    /** Once and before the commit: where that fails, nothing behind is read meanwhile. */
    private static void seek(Consumer<?, ?> consumer, TopicPartition partition, Ask ask) {
        if (!ask.sought) {
            consumer.seek(partition, FIRST.offset());
            ask.sought = true;
            LOG.atWarn().addKeyValue("partition", partition).log("topic made anew, read from 0");
        }
    }

    /** Tried again before the next poll: members of a group that rebalances cannot commit. */
    private void commit(Consumer<?, ?> consumer, Map<TopicPartition, Ask> due) {
        try {
            consumer.commitSync(
                    due.keySet().stream().collect(Collectors.toMap(p -> p, _ -> FIRST)), PATIENCE);
        } catch (KafkaException e) {
            if (due.values().stream().anyMatch(ask -> !ask.failed)) {
                LOG.atWarn()
                        .addKeyValue("partitions", due.keySet())
                        .addKeyValue("reason", e.toString())
                        .log("the group does not hold yet that topics begin again");
            }
            due.values().forEach(ask -> ask.failed = true);
            return;
        }
        due.forEach((partition, ask) -> {
            asked.remove(partition, ask);
            ask.held.complete(null);
        });
    }
}
