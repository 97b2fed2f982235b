package io.kagu.dispatcher.pool;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the job topics of a task were taken in: a record at or below that is a replay. A topic
 * that was deleted and made anew begins again at 0, and its jobs are none that were seen before.
 */
final class TakenOffsets {

    private static final long NONE = -1;

    private final JobStore jobs;
    private final Map<String, Long> taken = new TreeMap<>();

    /** The newest offset of each topic that came to this owner; in one life of a topic it grows. */
    private final Map<String, Long> newest = new TreeMap<>();

    TakenOffsets(JobStore jobs, Set<String> madeAnew) {
        this.jobs = jobs;
        madeAnew.forEach(topic -> taken.put(topic, NONE));
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
