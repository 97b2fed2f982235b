package io.kagu.statusapi.fold;

import io.kagu.common.topic.Topics;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * Events and results of a job meet in one task: both topics are keyed by job id and have the same
 * partitions, so that one sweep forgets a job as a whole.
 */
final class JobFoldTopology {

    private static final String EVENTS = "events";
    private static final String RESULTS = "results";
    private static final String FOLD_EVENT = "fold-event";
    private static final String FOLD_RESULT = "fold-result";

    private JobFoldTopology() {}

    static Topology build(FoldContext fold) {
        Topics topics = new Topics(fold.topics().prefix());
        return new Topology()
                .addSource(
                        EVENTS,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.events())
                .addSource(
                        RESULTS,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.results())
                .addProcessor(FOLD_EVENT, () -> new EventFoldProcessor(fold), EVENTS)
                .addProcessor(FOLD_RESULT, () -> new ResultFoldProcessor(fold), RESULTS)
                .addStateStore(JobViewStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT)
                .addStateStore(JobResultStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT)
                .addStateStore(JobExpiryStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT);
    }
}
