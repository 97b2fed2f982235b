package io.kagu.common.gpu;

import io.kagu.common.codec.Json;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Writes a registry into its topic. */
public final class RegistryPublisher {

    private final Producer<String, byte[]> producer;
    private final String topic;

    public RegistryPublisher(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Makes the topic say what {@code wanted} says: GPUs that are gone first, then the others.
     * Returns when everything is acknowledged.
     */
    public void replace(Registry present, Registry wanted) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (GpuSpec gpu : present.gpus()) {
            if (wanted.gpus().stream().noneMatch(kept -> kept.name().equals(gpu.name()))) {
                sent.add(producer.send(new ProducerRecord<>(topic, gpu.name(), null)));
            }
        }
        for (GpuSpec gpu : wanted.gpus()) {
            if (!present.gpus().contains(gpu)) {
                sent.add(producer.send(new ProducerRecord<>(topic, gpu.name(), Json.write(gpu))));
            }
        }
        for (Future<?> future : sent) {
            await(future);
        }
    }

    private void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "could not write the GPU registry to " + topic, e.getCause());
        }
    }
}
