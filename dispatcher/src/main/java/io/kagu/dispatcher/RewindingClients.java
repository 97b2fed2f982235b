package io.kagu.dispatcher;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clients of Kafka Streams. A partition of which it is asked begins again at its first record
 * before the consumer that has it reads on; Kafka Streams lets no processor move its consumer.
 */
final class RewindingClients implements KafkaClientSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(RewindingClients.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<TopicPartition, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private volatile boolean used;

    /**
     * Rewinds a partition that a stream thread of this replica has been given.
     *
     * @return completes once the group holds it; at once on the streams protocol, for which Kafka
     *     Streams makes its consumers itself
     */
    CompletableFuture<Void> rewind(TopicPartition partition) {
        if (!used) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        asked.put(partition, done);
        return done;
    }

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        used = true;
        return new MainConsumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return consumer(settings);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return consumer(settings);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Rewinds on the thread that polls; a consumer may not be touched by another. */
    private final class MainConsumer extends KafkaConsumer<byte[], byte[]> {

        MainConsumer(Map<String, Object> settings) {
            super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (!asked.isEmpty()) {
                asked.values().removeIf(CompletableFuture::isDone);
                Set<TopicPartition> assigned = assignment();
                asked.forEach((partition, done) -> {
                    if (assigned.contains(partition)) {
                        rewind(partition, done);
                    }
                });
            }
            return super.poll(timeout);
        }

        /** The offset first: one that fails, as it may in a rebalance, is tried again whole. */
        private void rewind(TopicPartition partition, CompletableFuture<Void> done) {
            try {
                commitSync(Map.of(partition, new OffsetAndMetadata(0)), PATIENCE);
            } catch (KafkaException e) {
                LOG.atWarn().addKeyValue("partition", partition).setCause(e).log("not rewound yet");
                return;
            }
            seek(partition, 0);
            LOG.atWarn().addKeyValue("partition", partition).log("topic made anew, read from 0");
            asked.remove(partition, done);
            done.complete(null);
        }
    }
}
