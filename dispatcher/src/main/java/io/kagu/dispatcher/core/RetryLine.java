package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.JobState.Retrying;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Jobs that wait for their next attempt, by model, so that one whose GPUs are busy holds back no
 * other.
 */
final class RetryLine {

    private static final Comparator<JobRow> DUE_FIRST =
            Comparator.comparingLong(RetryLine::dueAt).thenComparingLong(JobRow::sequence);

    private final Map<String, Timers> byModel = new TreeMap<>();

    void add(JobRow row) {
        byModel.computeIfAbsent(row.model(), model -> new Timers()).add(dueAt(row), row);
    }

    void remove(JobRow row) {
        Timers line = byModel.get(row.model());
        if (line != null) {
            line.remove(dueAt(row), row);
            if (line.size() == 0) {
                byModel.remove(row.model());
            }
        }
    }

    private static long dueAt(JobRow row) {
        return ((Retrying) row.state()).dueAt();
    }

    /**
     * The jobs that may be queued again now: as many as are allowed, those first that were due
     * first, and beside them those without which slots would stand idle.
     *
     * @param idleSlots how many slots would, if a job of this model stays
     */
    List<JobRow> due(long now, int allowed, ToIntFunction<JobRow> idleSlots, Rows rows) {
        List<JobRow> going = new ArrayList<>();
        List<JobRow> others = new ArrayList<>();
        for (Timers line : byModel.values()) {
            List<String> first = line.due(now, 1);
            int idle = first.isEmpty() ? 0 : idleSlots.applyAsInt(rows.live(first.getFirst()));
            int most = first.isEmpty() ? 0 : Math.max(idle, allowed);
            List<JobRow> due = line.due(now, most).stream().map(rows::live).toList();
            going.addAll(due.subList(0, Math.min(idle, due.size())));
            others.addAll(due.subList(Math.min(idle, due.size()), due.size()));
        }
        others.sort(DUE_FIRST);
        going.addAll(others.subList(0, Math.clamp(allowed - going.size(), 0, others.size())));
        return going;
    }

    int size() {
        return byModel.values().stream().mapToInt(Timers::size).sum();
    }
}
