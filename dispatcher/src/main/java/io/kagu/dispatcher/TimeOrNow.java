package io.kagu.dispatcher;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time a record was written at; of one that carries none, now. Brokers store records without a
 * time, and Kafka Streams ends a thread that reads one unless it is told what to take instead.
 */
public final class TimeOrNow implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() < 0 ? System.currentTimeMillis() : record.timestamp();
    }
}
