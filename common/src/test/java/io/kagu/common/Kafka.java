package io.kagu.common;

import io.kagu.broker.junit.TestKafka;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.kafka.KafkaConfig;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicProvisioner;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a test needs to talk to its Kafka; close it at the end. */
public final class Kafka implements AutoCloseable {

    private final KafkaConfig config;
    private final TopicConfig topicConfig;
    private final Admin admin;
    private final Producer<String, byte[]> producer;

    public Kafka(TestKafka server) {
        config = KafkaConfig.of(server.bootstrapServers());
        topicConfig = new TopicConfig(server.topicPrefix(), 2, (short) 1, 4096, 8192, 1);
        admin = clients().admin("test");
        producer = clients().producer("test", 0);
    }

    public KafkaConfig config() {
        return config;
    }

    public TopicConfig topicConfig() {
        return topicConfig;
    }

    public Topics topics() {
        return new Topics(topicConfig.prefix());
    }

    public KafkaClients clients() {
        return new KafkaClients(config, topicConfig);
    }

    public Admin admin() {
        return admin;
    }

    public Producer<String, byte[]> producer() {
        return producer;
    }

    /** Makes all topics of the table. */
    public Kafka withTopics() {
        new TopicProvisioner(admin).ensure(TopicTable.of(topicConfig));
        return this;
    }

    /** Writes a record and returns when it is stored. */
    public void write(String topic, String key, byte[] value) throws Exception {
        write(topic, key, value, new RecordHeaders());
    }

    public void write(String topic, String key, byte[] value, Headers headers) throws Exception {
        producer.send(new ProducerRecord<>(topic, null, key, value, headers)).get();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
