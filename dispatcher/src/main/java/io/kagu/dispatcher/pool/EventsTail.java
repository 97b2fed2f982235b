package io.kagu.dispatcher.pool;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.JobEventReader;
import io.kagu.common.job.JobView;
import io.kagu.common.kafka.KafkaClients;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the end of the events topic at each takeover, with one consumer: pools stand still
 * meanwhile, and a new one would find its way to every broker first.
 */
public final class EventsTail implements ToldEnds, AutoCloseable {

    /** Records of a partition that are read where no time is known. */
    private static final long SHORT_TAIL = 5_000;

    /** Records of a partition that are read at most. */
    private static final long LONGEST_TAIL = 200_000;

    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * A pool stands still while the request that the reading before left under way must end. Nobody
     * asks while there is nothing to read: it reads up to an end that it knows.
     */
    private static final Duration FETCH_WAIT = Duration.ofMillis(10);

    private static final Duration CLOSE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(EventsTail.class);

    private final KafkaClients clients;
    private final String topic;
    private volatile @Nullable Consumer<String, byte[]> opened;
    private volatile boolean closed;

    public EventsTail(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    @Override
    public synchronized List<JobView> since(long since) {
        Consumer<String, byte[]> consumer = consumer();
        List<JobView> ends = new ArrayList<>();
        Map<TopicPartition, Long> last = consumer.endOffsets(consumer.assignment());
        starts(consumer, last, since).forEach(consumer::seek);
        while (!reached(consumer, last)) {
            consumer.poll(POLL).forEach(row -> collect(row, ends));
        }
        return ends;
    }

    /**
     * Reads once for nothing, in the background: the first takeover, for which pools stand still,
     * then finds the brokers known and the code compiled.
     */
    public void rehearse(long since) {
        Thread.ofPlatform()
                .daemon()
                .name("events-tail")
                .start(() -> {
                    try {
                        since(since);
                    } catch (KafkaException e) {
                        LOG.atInfo().setCause(e).log("told ends could not be read yet");
                    }
                });
    }

    private Consumer<String, byte[]> consumer() {
        Consumer<String, byte[]> consumer = opened;
        if (closed) {
            throw new WakeupException();
        }
        if (consumer == null) {
            consumer = clients.follower("events-tail", FETCH_WAIT);
            opened = consumer;
        }
        // It may have failed here before: without partitions no end would ever be found.
        if (consumer.assignment().isEmpty()) {
            consumer.assign(
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList());
        }
        return consumer;
    }

    /** Ends a reading that waits for brokers first: a takeover may be in the middle of it. */
    @Override
    public void close() {
        closed = true;
        Consumer<String, byte[]> consumer = opened;
        if (consumer != null) {
            consumer.wakeup();
            closeOnceRead(consumer);
        }
    }

    private synchronized void closeOnceRead(Consumer<String, byte[]> consumer) {
        consumer.close(CloseOptions.timeout(CLOSE));
    }

    /** Each question is a way to the brokers and back, so none is asked in vain. */
    private static Map<TopicPartition, Long> starts(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> last, long since) {
        return since == 0 ? shortTails(consumer, last) : tails(consumer, last, since);
    }

    private static Map<TopicPartition, Long> shortTails(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> last) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        consumer.beginningOffsets(last.keySet())
                .forEach((partition, first) ->
                        starts.put(partition, Math.max(first, end(last, partition) - SHORT_TAIL)));
        return starts;
    }

    private static Map<TopicPartition, Long> tails(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> last, long since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        last.keySet().forEach(partition -> times.put(partition, since));
        Map<TopicPartition, Long> starts = new HashMap<>();
        consumer.offsetsForTimes(times)
                .forEach((partition, found) ->
                        starts.put(partition, start(end(last, partition), found)));
        return starts;
    }

    private static long end(Map<TopicPartition, Long> last, TopicPartition partition) {
        return last.getOrDefault(partition, 0L);
    }

    /** What is found is still there, unlike what lies a fixed way back. */
    private static long start(long end, @Nullable OffsetAndTimestamp found) {
        return found == null ? end : Math.max(found.offset(), end - LONGEST_TAIL);
    }

    private static boolean reached(
            Consumer<String, byte[]> consumer, Map<TopicPartition, Long> last) {
        return last.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Others may write to the topic as well; what is no event told nobody anything. */
    private static void collect(ConsumerRecord<String, byte[]> row, List<JobView> ends) {
        if (row.value() == null
                || JobEventReader.typeOf(row.value())
                        .filter(type -> !type.terminal())
                        .isPresent()) {
            return;
        }
        try {
            JobView view = JobEventReader.read(row.value()).job();
            if (view.state().terminal()) {
                ends.add(view);
            }
        } catch (BadJsonException e) {
            return;
        }
    }
}
