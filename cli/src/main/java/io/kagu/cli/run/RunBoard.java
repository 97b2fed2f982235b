package io.kagu.cli.run;

import io.kagu.cli.core.LaneCount;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.Progress;
import io.kagu.cli.core.Summary;
import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Counts how a run goes, for the progress and the summary. Safe for many threads. */
public final class RunBoard {

    private static final long NOTE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Map<Priority, LaneCount> lanes = new TreeMap<>();
    private final Summary summary = new Summary();
    private final List<String> refusals = new ArrayList<>();
    private String note = "";
    private long noteUntil;
    private int before;

    synchronized void expect(Priority lane) {
        LaneCount count = lane(lane);
        lanes.put(lane, new LaneCount(count.total() + 1, count.done(), count.failed()));
    }

    synchronized void ended(Priority lane, LineEnd end) {
        LaneCount count = lane(lane);
        int failed = end.state() == LineState.COMPLETED ? 0 : 1;
        lanes.put(lane, new LaneCount(count.total(), count.done() + 1, count.failed() + failed));
        summary.add(lane, end);
    }

    private LaneCount lane(Priority lane) {
        return lanes.getOrDefault(lane, LaneCount.NONE);
    }

    synchronized void malformed() {
        summary.addMalformed();
    }

    /** The server refused a line as it is. */
    synchronized void refused(String message) {
        refusals.add(message);
    }

    /** Refusals since the last call, to be told at once. */
    public synchronized List<String> takeRefusals() {
        List<String> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }

    /** A job turned out to have ended before this run began. */
    synchronized void endedBefore() {
        before++;
    }

    synchronized int countEndedBefore() {
        return before;
    }

    /** Says for some seconds what holds the run up. */
    synchronized void note(String words) {
        note = words;
        noteUntil = System.nanoTime() + NOTE_NANOS;
    }

    /** The run now. */
    public synchronized Progress progress() {
        long now = System.nanoTime();
        Optional<String> current =
                note.isEmpty() || now > noteUntil ? Optional.empty() : Optional.of(note);
        return new Progress(TimeUnit.NANOSECONDS.toMillis(now), lanes, current);
    }

    /** The outcome; to be asked for when the run is over. */
    Summary summary() {
        return summary;
    }
}
