package io.kagu.broker.junit;

/**
 * The Kafka of one test class.
 *
 * @param bootstrapServers where clients connect
 * @param topicPrefix what the class's topics begin with, so that no two classes meet
 */
public record TestKafka(String bootstrapServers, String topicPrefix) {}
