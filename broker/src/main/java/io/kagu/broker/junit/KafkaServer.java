package io.kagu.broker.junit;

/** A broker that runs for the tests of this JVM. */
interface KafkaServer extends AutoCloseable {

    String bootstrapServers();

    /** What it is, for people. */
    String description();

    @Override
    void close();
}
