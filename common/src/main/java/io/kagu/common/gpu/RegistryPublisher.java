package io.kagu.common.gpu;

import io.kagu.common.codec.Json;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Writes GPUs into the registry's topic; what it returns from is acknowledged. */
public final class RegistryPublisher {

    private final Producer<String, byte[]> producer;
    private final String topic;

    public RegistryPublisher(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Writes one GPU.
     *
     * @param fileEntry the entry of a registry file that it goes back to
     * @throws IllegalStateException if Kafka did not acknowledge it: it may be stored or not
     */
    public RecordMetadata put(GpuSpec gpu, Optional<GpuSpec> fileEntry)
            throws InterruptedException {
        return await(send(row(gpu, fileEntry)));
    }

    /**
     * Takes one GPU away.
     *
     * @throws IllegalStateException as {@link #put}
     */
    public RecordMetadata remove(String gpu) throws InterruptedException {
        return await(send(new ProducerRecord<>(topic, gpu, null)));
    }

    /**
     * Makes the topic say what {@code wanted} says: GPUs that are gone first, then the others.
     *
     * @throws IllegalStateException as {@link #put}
     */
    public void replace(Registry present, Registry wanted) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> rows = new ArrayList<>();
        for (GpuSpec gpu : present.gpus()) {
            if (wanted.gpu(gpu.name()).isEmpty()) {
                rows.add(new ProducerRecord<>(topic, gpu.name(), null));
            }
        }
        for (GpuSpec gpu : wanted.gpus()) {
            if (!present.gpus().contains(gpu)) {
                rows.add(row(gpu, Optional.empty()));
            }
        }
        send(rows);
    }

    /** The first one alone: several to a topic that was just made can come out of order. */
    private void send(List<ProducerRecord<String, byte[]>> rows) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<String, byte[]> row : rows) {
            sent.add(send(row));
            if (sent.size() == 1) {
                await(sent.getFirst());
            }
        }
        for (Future<RecordMetadata> future : sent) {
            await(future);
        }
    }

    private ProducerRecord<String, byte[]> row(GpuSpec gpu, Optional<GpuSpec> fileEntry) {
        ProducerRecord<String, byte[]> row =
                new ProducerRecord<>(topic, gpu.name(), Json.write(gpu));
        fileEntry.ifPresent(entry -> row.headers().add(RegistryRow.FILE_ENTRY, Json.write(entry)));
        return row;
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> row) {
        try {
            return producer.send(row);
        } catch (KafkaException e) {
            throw notWritten(e);
        }
    }

    private RecordMetadata await(Future<RecordMetadata> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw notWritten(e.getCause());
        }
    }

    private IllegalStateException notWritten(@Nullable Throwable cause) {
        return new IllegalStateException("could not write the GPU registry to " + topic, cause);
    }
}
