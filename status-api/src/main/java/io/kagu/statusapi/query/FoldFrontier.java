package io.kagu.statusapi.query;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.fold.FoldProgress;
import io.kagu.statusapi.fold.FoldStreams;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells when the fold has gone past everything that stood in a topic at the time of asking. After
 * that, a job without a view does not exist, nor does a dead letter that is not stored.
 */
public final class FoldFrontier {

    private final Admin admin;
    private final String group;
    private final String topic;
    private final FoldProgress progress;
    private final Coalesced<Map<TopicPartition, ListOffsetsResultInfo>> ends;

    /**
     * @param progress of the fold in the topic
     * @param topic one that is keyed by job id
     */
    public FoldFrontier(Admin admin, FoldProgress progress, TopicConfig topics, String topic) {
        this.admin = admin;
        this.progress = progress;
        this.group = FoldStreams.group(topics);
        this.topic = topic;
        Map<TopicPartition, OffsetSpec> latest =
                IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(tp -> tp, tp -> OffsetSpec.latest()));
        this.ends = new Coalesced<>(() -> completable(admin.listOffsets(latest).all()));
    }

    /** Completes once the fold is past what stands in the partition now; fails if it never may. */
    public CompletableFuture<Void> passed(int partition) {
        TopicPartition read = new TopicPartition(topic, partition);
        return ends.ask()
                .thenCombine(startKnown(read), (offsets, started) -> offsets)
                .thenCompose(offsets -> progress.reached(partition, end(offsets, read)));
    }

    private static long end(
            Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition events) {
        return Objects.requireNonNull(offsets.get(events)).offset();
    }

    /** Until its first record the fold stands where its group left off, or at the topic's start. */
    private CompletableFuture<Void> startKnown(TopicPartition events) {
        if (progress.knows(events.partition())) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> committed =
                completable(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
        CompletableFuture<ListOffsetsResultInfo> earliest =
                completable(
                        admin.listOffsets(Map.of(events, OffsetSpec.earliest()))
                                .partitionResult(events));
        return committed.thenAcceptBoth(
                earliest,
                (offsets, first) -> {
                    OffsetAndMetadata left = offsets.get(events);
                    long start = left == null ? first.offset() : left.offset();
                    progress.startedAt(events.partition(), start);
                });
    }

    private static <T> CompletableFuture<T> completable(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture();
    }
}
