package io.kagu.bench.chaos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How soon calls go on after an owner is gone, as the GPUs saw it. */
public final class Recovery {

    /** What a replica sent or spilled before it was killed may still begin. */
    private static final long ON_THE_WAY_MICROS = 2_500_000;

    /** How long after a clean stop its pause is looked for. */
    private static final long PAUSE_WINDOW_MICROS = 15_000_000;

    private static final double MICROS_PER_SECOND = 1e6;

    private final Evidence evidence;

    public Recovery(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Seconds from each kill -9 of an owner to the first new call of each of its pools. */
    public List<Double> takeovers() {
        List<Double> seconds = new ArrayList<>();
        for (Incident kill : of(FaultKind.KILL_DISPATCHER)) {
            long from = kill.began() + ON_THE_WAY_MICROS;
            for (String pool : kill.target().pools()) {
                begins(pool)
                        .filter(begin -> begin > from)
                        .findFirst()
                        .ifPresent(begin -> seconds.add(seconds(begin - kill.began())));
            }
        }
        return seconds;
    }

    /**
     * The longest time, in seconds, without a new call of each pool whose owner stopped cleanly.
     */
    public List<Double> pauses() {
        List<Double> seconds = new ArrayList<>();
        for (Incident stop : of(FaultKind.STOP_DISPATCHER)) {
            for (String pool : stop.target().pools()) {
                seconds.add(seconds(longestGap(pool, stop.began())));
            }
        }
        return seconds;
    }

    private long longestGap(String pool, long from) {
        long longest = 0;
        long last = from;
        long to = from + PAUSE_WINDOW_MICROS;
        for (long begin : begins(pool).filter(at -> at > from && at < to).toArray()) {
            longest = Math.max(longest, begin - last);
            last = begin;
        }
        return last == from ? PAUSE_WINDOW_MICROS : longest;
    }

    /** Calls per second of the jobs whose ids begin so, from the first to the last of them. */
    public double callsPerSecond(String prefix) {
        List<SeenCall> calls =
                evidence.calls().stream().filter(call -> call.job().startsWith(prefix)).toList();
        long first = calls.stream().mapToLong(SeenCall::began).min().orElseThrow();
        long last = calls.stream().mapToLong(SeenCall::ended).max().orElseThrow();
        return calls.size() / seconds(last - first);
    }

    private List<Incident> of(FaultKind kind) {
        return evidence.incidents().stream().filter(each -> each.kind() == kind).toList();
    }

    private LongStream begins(String pool) {
        return evidence.calls().stream()
                .filter(call -> FleetPlan.isOf(pool, call.gpu()))
                .mapToLong(SeenCall::began);
    }

    private static double seconds(long micros) {
        return micros / MICROS_PER_SECOND;
    }
}
