package io.kagu.cli.core;

import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcome of a run: counts and times per lane and per GPU. Not safe for many threads. */
public final class Summary {

    private static final double MEDIAN = 0.5;
    private static final double HIGH_QUANTILE = 0.95;

    private final Map<Priority, Group> lanes = new EnumMap<>(Priority.class);
    private final Map<String, Group> gpus = new TreeMap<>();
    private final Map<LineState, Integer> states = new EnumMap<>(LineState.class);

    private static final class Group {
        private int jobs;
        private int completed;
        private final Sample waits = new Sample();
        private final Sample runs = new Sample();

        void add(LineEnd end) {
            jobs++;
            if (end.state() == LineState.COMPLETED) {
                completed++;
            }
            waits.add(end.facts().waitMillis());
            runs.add(end.facts().runMillis());
        }

        void addTo(TextTable table, String name) {
            table.row(
                    name,
                    Integer.toString(jobs),
                    Integer.toString(completed),
                    waits.quantile(MEDIAN),
                    waits.quantile(HIGH_QUANTILE),
                    runs.quantile(MEDIAN),
                    runs.quantile(HIGH_QUANTILE));
        }
    }

    /** Counts in how a job of a lane ended. */
    public void add(Priority lane, LineEnd end) {
        states.merge(end.state(), 1, Integer::sum);
        lanes.computeIfAbsent(lane, _ -> new Group()).add(end);
        end.facts().gpu().ifPresent(gpu -> gpus.computeIfAbsent(gpu, _ -> new Group()).add(end));
    }

    /** Counts in a line that is no job. */
    public void addMalformed() {
        states.merge(LineState.INVALID, 1, Integer::sum);
    }

    /** How many lines ended in a state. */
    public int count(LineState state) {
        return states.getOrDefault(state, 0);
    }

    /** Whether every line completed. */
    public boolean allCompleted() {
        return states.keySet().stream().allMatch(state -> state == LineState.COMPLETED);
    }

    /** Both tables, then the counts in one sentence. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!lanes.isEmpty()) {
            TextTable byLane = header("lane");
            lanes.forEach((lane, group) -> group.addTo(byLane, lane.word()));
            lines.addAll(byLane.lines());
            lines.add("");
        }
        if (!gpus.isEmpty()) {
            TextTable byGpu = header("gpu");
            gpus.forEach((gpu, group) -> group.addTo(byGpu, gpu));
            lines.addAll(byGpu.lines());
            lines.add("");
        }
        lines.add(counts());
        return lines;
    }

    private static TextTable header(String first) {
        return new TextTable().row(first, "jobs", "completed", "wait p50", "p95", "run p50", "p95");
    }

    /** Such as {@code 200 lines: 198 completed, 2 dead}. */
    public String counts() {
        int all = states.values().stream().mapToInt(Integer::intValue).sum();
        List<String> parts = new ArrayList<>();
        states.forEach((state, count) -> parts.add(count + " " + word(state)));
        String lines = all == 1 ? "1 line" : all + " lines";
        return parts.isEmpty() ? lines : lines + ": " + String.join(", ", parts);
    }

    private static String word(LineState state) {
        return switch (state) {
            case COMPLETED -> "completed";
            case DEAD -> "dead";
            case CANCELLED -> "cancelled";
            case EXPIRED -> "expired";
            case INVALID -> "invalid";
            case UNFINISHED -> "unfinished";
        };
    }
}
