package io.kagu.common.gpu;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.TopicFollower;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** The registry as its topic tells it. Safe for many threads. */
public final class RegistryTopic implements AutoCloseable {

    private final RegistryFold fold = new RegistryFold();
    private final Map<String, RegistryRow> rows = new ConcurrentSkipListMap<>();
    private final Map<Integer, Long> read = new ConcurrentSkipListMap<>();
    private final TopicFollower follower;

    private RegistryTopic(KafkaClients clients, String topic) {
        this.follower =
                TopicFollower.start(clients, topic, TopicFollower.From.BEGINNING, this::apply);
    }

    /** Starts to follow the registry's topic. */
    public static RegistryTopic follow(KafkaClients clients, String topic) {
        return new RegistryTopic(clients, topic);
    }

    /** The GPUs in force now. */
    public Registry current() {
        return fold.current();
    }

    /** By GPU, why its last row is not in force. */
    public Map<String, List<String>> leftOut() {
        return fold.state().leftOut();
    }

    /** The last row of a GPU; also the one that took it away, as long as the topic has it. */
    public Optional<RegistryRow> row(String gpu) {
        return Optional.ofNullable(rows.get(gpu));
    }

    /** Names of GPUs whose row is there, in force or not. */
    public Set<String> stored() {
        return names(false);
    }

    /** Names of GPUs that were taken away, as far as the topic still tells. */
    public Set<String> gone() {
        return names(true);
    }

    private Set<String> names(boolean gone) {
        Set<String> names = new TreeSet<>();
        rows.forEach((gpu, row) -> {
            if (row.gone() == gone) {
                names.add(gpu);
            }
        });
        return names;
    }

    /** Completes once everything that stood in the topic at the start was read. */
    public CompletableFuture<Void> caughtUp() {
        return follower.caughtUp();
    }

    /** Whether everything that stood in the topic at the start was read. */
    public boolean ready() {
        return caughtUp().isDone() && !caughtUp().isCompletedExceptionally();
    }

    /** Waits until a written row was read back here; false if that takes longer than this. */
    public synchronized boolean awaitRead(RecordMetadata written, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (read.getOrDefault(written.partition(), -1L) < written.offset()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private synchronized void apply(ConsumerRecord<String, byte[]> record) {
        if (record.key() != null) {
            rows.put(record.key(), RegistryRow.of(record));
            fold.apply(record.key(), record.value());
        }
        read.put(record.partition(), record.offset());
        notifyAll();
    }

    @Override
    public void close() {
        follower.close();
    }
}
