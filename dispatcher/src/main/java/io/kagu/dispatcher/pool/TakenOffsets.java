package io.kagu.dispatcher.pool;

import org.apache.kafka.common.Uuid;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far the job topics of a task were taken in: a record at or below that is a replay. Kept in
 * the store together with the id of each topic, because a topic that was deleted and made anew
 * begins again at 0, and its jobs are none that were seen before.
 */
final class TakenOffsets {

    private static final String TOPIC_ID = "topic-id ";
    private static final long NONE = -1;

    private final JobStore jobs;
    private final Map<String, Long> taken = new TreeMap<>();

    /** The newest offset of each topic that came to this owner; in one life of a topic it grows. */
    private final Map<String, Long> newest = new TreeMap<>();

    TakenOffsets(JobStore jobs, Map<String, Uuid> topicIds) {
        this.jobs = jobs;
        topicIds.forEach(this::compare);
    }

    private void compare(String topic, Uuid id) {
        long mark = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
        long known = jobs.number(TOPIC_ID + topic).orElse(mark);
        if (known != mark) {
            jobs.number(topic, NONE);
        }
        if (jobs.number(TOPIC_ID + topic).isEmpty() || known != mark) {
            jobs.number(TOPIC_ID + topic, mark);
        }
    }

    /** Whether a record was taken in before, by this owner or by one before it. */
    boolean replay(String topic, long offset) {
        Long last = newest.get(topic);
        if (last != null && offset <= last) {
            // The same record, tried again, or a topic that was made anew: no replay for an owner.
            taken.put(topic, offset - 1);
        }
        return offset <= taken.computeIfAbsent(topic, name -> jobs.number(name).orElse(NONE));
    }

    void take(String topic, long offset) {
        newest.put(topic, offset);
        taken.merge(topic, offset, Math::max);
    }

    /** Writes down what has changed. */
    void write() {
        taken.forEach((topic, offset) -> {
            if (jobs.number(topic).orElse(NONE) != offset) {
                jobs.number(topic, offset);
            }
        });
    }
}
