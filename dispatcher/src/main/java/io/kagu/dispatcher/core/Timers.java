package io.kagu.dispatcher.core;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** When waiting and retrying jobs are to be looked at again, in order of time. */
final class Timers {

    private record Timer(long at, String jobId) {}

    private final NavigableSet<Timer> timers = new TreeSet<>(Timers::compare);

    private static int compare(Timer one, Timer other) {
        int byTime = Long.compare(one.at, other.at);
        return byTime == 0 ? one.jobId.compareTo(other.jobId) : byTime;
    }

    void add(long at, String jobId) {
        timers.add(new Timer(at, jobId));
    }

    void remove(long at, String jobId) {
        timers.remove(new Timer(at, jobId));
    }

    /** The jobs whose time has come, earliest first, at most {@code limit}. */
    List<String> due(long now, int limit) {
        return timers.stream()
                .takeWhile(timer -> timer.at() <= now)
                .limit(limit)
                .map(Timer::jobId)
                .toList();
    }

    int size() {
        return timers.size();
    }
}
