package io.kagu.statusapi.fold;

import io.kagu.common.topic.Topics;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * Events, results and dead letters of a job meet in one task: their topics are keyed by job id and
 * have the same partitions. So one sweep forgets a job as a whole, and a late letter is known by
 * the job's view.
 */
final class JobFoldTopology {

    private static final String EVENTS = "events";
    private static final String RESULTS = "results";
    private static final String LETTERS = "dead-letters";
    private static final String FOLD_EVENT = "fold-event";
    private static final String FOLD_RESULT = "fold-result";
    private static final String FOLD_LETTER = "fold-dead-letter";

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
                .addSource(
                        LETTERS,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.deadLetters())
                .addProcessor(FOLD_EVENT, () -> new EventFoldProcessor(fold), EVENTS)
                .addProcessor(FOLD_RESULT, () -> new ResultFoldProcessor(fold), RESULTS)
                .addProcessor(FOLD_LETTER, () -> new DeadLetterFoldProcessor(fold), LETTERS)
                .addStateStore(
                        JobViewStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT, FOLD_LETTER)
                .addStateStore(JobResultStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT)
                .addStateStore(JobExpiryStore.builder(fold.topics()), FOLD_EVENT, FOLD_RESULT)
                .addStateStore(JobListStore.builder(fold.topics()), FOLD_EVENT)
                .addStateStore(DeadLetterStore.builder(fold.topics()), FOLD_LETTER);
    }
}
