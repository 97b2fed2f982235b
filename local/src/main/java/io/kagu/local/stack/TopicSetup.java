package io.kagu.local.stack;

import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.RegistryPublisher;
import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.ingest.desk.GpuSeeding;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

import java.time.Duration;

/**
 * Puts into Kafka what must be there before the services start: the topics, and the GPUs with the
 * addresses of this start, so that no job is sent to those of the last one.
 */
final class TopicSetup {

    private static final String CLIENT = "kagu-local";
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final TopicConfig topics;

    TopicSetup(KafkaClients clients, TopicConfig topics) {
        this.clients = clients;
        this.topics = topics;
    }

    void run(Registry gpus) {
        try (Admin admin = clients.admin(CLIENT)) {
            new TopicProvisioner(admin).ensure(TopicTable.of(topics));
        }
        register(gpus);
    }

    private void register(Registry gpus) {
        String topic = new Topics(topics.prefix()).registry();
        Producer<String, byte[]> producer = clients.producer(CLIENT, 0);
        try (RegistryTopic present = RegistryTopic.follow(clients, topic)) {
            RegistryPublisher publisher = new RegistryPublisher(producer, topic);
            if (!new GpuSeeding(present, publisher).seed(gpus)) {
                // Simulated ones of this start must win: those before have addresses no more.
                publisher.replace(present.current(), gpus);
            }
        } catch (IllegalStateException e) {
            throw new StackException("the GPUs could not be registered in Kafka: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while the GPUs were registered", e);
        } finally {
            producer.close(CLOSE);
        }
    }
}
