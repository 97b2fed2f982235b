package io.kagu.dispatcher;

import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a record that carries no time as written now. Brokers store such records, and Kafka Streams
 * ends the thread that meets one: a row of the registry would let no dispatcher start.
 */
public final class TimeOrNow implements ConsumerInterceptor<byte[], byte[]> {

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> row : records) {
            if (timeless(row)) {
                return timed(records, System.currentTimeMillis());
            }
        }
        return records;
    }

    private static boolean timeless(ConsumerRecord<byte[], byte[]> row) {
        return row.timestamp() < 0;
    }

    private static ConsumerRecords<byte[], byte[]> timed(
            ConsumerRecords<byte[], byte[]> records, long now) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> timed = new HashMap<>();
        records.partitions()
                .forEach(partition ->
                        timed.put(
                                partition,
                                records.records(partition).stream()
                                        .map(row -> timeless(row) ? timed(row, now) : row)
                                        .toList()));
        return new ConsumerRecords<>(timed, records.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> timed(
            ConsumerRecord<byte[], byte[]> row, long now) {
        return new ConsumerRecord<>(
                row.topic(),
                row.partition(),
                row.offset(),
                now,
                TimestampType.CREATE_TIME,
                row.serializedKeySize(),
                row.serializedValueSize(),
                row.key(),
                row.value(),
                row.headers(),
                row.leaderEpoch());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
}
