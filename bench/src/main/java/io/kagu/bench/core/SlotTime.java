package io.kagu.bench.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the slots of a fleet were used in a window of time, by what the GPUs saw. */
public final class SlotTime {

    private final Fleet fleet;
    private final long from;
    private final long to;
    private final List<GpuCall> calls;

    /**
     * @param from begin of the window, in microseconds
     * @param to its end
     * @param calls those of all GPUs, at least all that overlap with the window
     */
    public SlotTime(Fleet fleet, long from, long to, Collection<GpuCall> calls) {
        this.fleet = fleet;
        this.from = from;
        this.to = to;
        this.calls = List.copyOf(calls);
    }

    /** GPUs, and the slots of each. */
    public record Fleet(int gpus, int slots) {}

    /** Busy time by slots × window: 1 where every slot was busy all the time. */
    public double share() {
        long busy = calls.stream().mapToLong(call -> call.within(from, to)).sum();
        return (double) busy / (to - from) / (fleet.gpus() * fleet.slots());
    }

    /** Calls that ended in the window, by its length. */
    public double callsPerSecond() {
        final double microsPerSecond = 1e6;
        return calls.stream().filter(call -> inWindow(call.ended())).count()
                * microsPerSecond
                / (to - from);
    }

    /** Lengths of the calls that ended in the window, in microseconds. */
    public Samples lengths() {
        return Samples.of(
                calls.stream()
                        .filter(call -> inWindow(call.ended()))
                        .mapToLong(call -> call.ended() - call.began()));
    }

    /**
     * How long slots stood free, in microseconds: from the end of a call to the beginning, in the
     * window, of the next. A GPU does not number its slots; the one that is free the longest is
     * taken to be used first.
     *
     * @throws IllegalStateException if a GPU had more calls at a time than slots
     */
    public Samples gaps() {
        List<Long> gaps = new ArrayList<>();
        calls.stream()
                .collect(Collectors.groupingBy(GpuCall::gpu, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(ofOne -> addGaps(ofOne, gaps));
        return Samples.of(gaps.stream().mapToLong(Long::longValue));
    }

    private void addGaps(List<GpuCall> ofOne, List<Long> gaps) {
        ArrayDeque<Long> ends = new ArrayDeque<>();
        ofOne.stream().map(GpuCall::ended).sorted().forEach(ends::add);
        int unused = fleet.slots();
        for (GpuCall call :
                ofOne.stream().sorted(Comparator.comparingLong(GpuCall::began)).toList()) {
            if (unused > 0) {
                unused--;
                continue;
            }
            long free = ends.remove();
            if (free > call.began()) {
                throw new IllegalStateException(
                        "GPU %d had more than %d calls at a time"
                                .formatted(call.gpu(), fleet.slots()));
            }
            if (inWindow(call.began())) {
                gaps.add(call.began() - free);
            }
        }
    }

    private boolean inWindow(long micros) {
        return micros >= from && micros < to;
    }
}
