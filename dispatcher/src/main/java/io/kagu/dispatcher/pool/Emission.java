package io.kagu.dispatcher.pool;

import org.apache.kafka.streams.processor.api.Record;

/** A record on its way to one of the sinks. */
record Emission(String sink, Record<String, byte[]> message) {}
