package io.kagu.dispatcher;

import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Tells {@link ChangelogAcks} what a stream thread's producer wrote and what is stored of it. */
public final class ChangelogInterceptor implements ProducerInterceptor<byte[], byte[]> {

    /** The setting that holds whom to tell. */
    static final String ACKS_CONFIG = "kagu.changelog.acks";

    private static final String CHANGELOG = "-changelog";

    private final Map<Integer, ChangelogAcks.Progress> byPartition = new ConcurrentHashMap<>();
    private @Nullable ChangelogAcks acks;

    @Override
    public void configure(Map<String, ?> settings) {
        acks = (ChangelogAcks) Objects.requireNonNull(settings.get(ACKS_CONFIG), ACKS_CONFIG);
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().endsWith(CHANGELOG) && record.partition() != null) {
            int partition = record.partition();
            ChangelogAcks.Progress progress =
                    byPartition.computeIfAbsent(partition, _ -> new ChangelogAcks.Progress());
            Objects.requireNonNull(acks).writtenBy(partition, progress);
            progress.sent();
        }
        return record;
    }

    @Override
    public void onAcknowledgement(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, Headers headers) {
        if (metadata == null || !metadata.topic().endsWith(CHANGELOG)) {
            return;
        }
        ChangelogAcks.Progress progress = byPartition.get(metadata.partition());
        if (progress == null) {
            return;
        }
        if (failure == null) {
            progress.stored();
        } else {
            progress.failed();
        }
    }

    @Override
    public void close() {}
}
