package io.kagu.cli.core;

import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says how far a run is: bars for a terminal, or one plain line. Remembers rates between calls. */
public final class ProgressText {

    private static final int MAX_BAR = 40;
    private static final int MIN_BAR = 10;
    private static final int BESIDES_BAR = 48;

    private final Map<Priority, RateMeter> rates = new EnumMap<>(Priority.class);
    private final RateMeter overall = new RateMeter();
    private final char full;
    private final char empty;

    /**
     * @param unicode whether the terminal shows more than ASCII
     */
    public ProgressText(boolean unicode) {
        this.full = unicode ? '█' : '#';
        this.empty = unicode ? '░' : '.';
        for (Priority priority : Priority.values()) {
            rates.put(priority, new RateMeter());
        }
    }

    /** One line with a bar per lane that has jobs, and one for the whole; none over the width. */
    public List<String> bars(Progress progress, int width) {
        List<String> lines = new ArrayList<>();
        int bar = Math.clamp(width - BESIDES_BAR, MIN_BAR, MAX_BAR);
        rates.forEach((priority, meter) -> {
            LaneCount lane = progress.lane(priority);
            if (lane.total() > 0) {
                double rate = meter.rate(progress.millis(), lane.done());
                lines.add(bar(priority.word(), lane, rate, bar));
            }
        });
        double rate = overall.rate(progress.millis(), progress.all().done());
        lines.add(total(progress, rate));
        return lines.stream().map(line -> cut(line, width)).toList();
    }

    /** The run in one line, for logs and pipes. */
    public String line(Progress progress) {
        StringBuilder text = new StringBuilder();
        double rate = overall.rate(progress.millis(), progress.all().done());
        text.append(total(progress, rate));
        for (Priority priority : Priority.values()) {
            LaneCount lane = progress.lane(priority);
            if (lane.total() > 0) {
                text.append(" | %s %d/%d".formatted(priority.word(), lane.done(), lane.total()));
            }
        }
        return text.toString();
    }

    private String bar(String name, LaneCount lane, double rate, int size) {
        int filled = (int) ((long) size * lane.done() / lane.total());
        String counts = lane.done() + "/" + lane.total();
        return "%-7s%s%s %11s %9s  %s"
                .formatted(
                        name,
                        String.valueOf(full).repeat(filled),
                        String.valueOf(empty).repeat(size - filled),
                        counts,
                        rate(rate),
                        eta(lane, rate));
    }

    private static String total(Progress progress, double rate) {
        LaneCount all = progress.all();
        StringBuilder text = new StringBuilder("%d of %d done".formatted(all.done(), all.total()));
        if (all.failed() > 0) {
            text.append(", %d not completed".formatted(all.failed()));
        }
        text.append(", %s".formatted(rate(rate)));
        String eta = eta(all, rate);
        if (!eta.isBlank()) {
            text.append(", ").append(eta);
        }
        progress.note().ifPresent(note -> text.append(" (").append(note).append(')'));
        return text.toString();
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f/s", perSecond);
    }

    private static String eta(LaneCount lane, double rate) {
        int left = lane.total() - lane.done();
        if (left == 0) {
            return "done";
        }
        return rate <= 0 ? "" : Durations.seconds(Math.round(left / rate)) + " left";
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }
}
