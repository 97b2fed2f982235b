package io.kagu.dispatcher.core;

import java.util.List;

/** When waiting and retrying jobs are to be looked at again, in order of time, then of intake. */
final class Timers {

    private final RankedSet<String> jobs = new RankedSet<>();

    void add(long at, JobRow row) {
        jobs.add(at, row.sequence(), row.id());
    }

    void remove(long at, JobRow row) {
        jobs.remove(at, row.sequence());
    }

    /** The jobs whose time has come, earliest first, at most {@code limit}. */
    List<String> due(long now, int limit) {
        return jobs.upTo(now, limit);
    }

    int size() {
        return jobs.size();
    }
}
