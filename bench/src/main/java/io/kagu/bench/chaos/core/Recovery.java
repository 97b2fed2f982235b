package io.kagu.bench.chaos.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How soon calls go on after an owner is gone, as the GPUs saw it. */
public final class Recovery {

    /** What a replica sent or spilled before it was killed may still begin. */
    private static final long ON_THE_WAY_MICROS = 2_500_000;

    /** The group may share the pools out once more after a replica that came is ready. */
    private static final long SETTLING_MICROS = 5_000_000;

    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * Longest times without a new call, in seconds.
     *
     * @param judged those in which all brokers were there
     * @param brokerAway those in which one was not
     */
    public record Pauses(List<Double> judged, List<Double> brokerAway) {
        public Pauses {
            judged = List.copyOf(judged);
            brokerAway = List.copyOf(brokerAway);
        }
    }

    private final Evidence evidence;

    /**
     * @param evidence of a time in which jobs never ceased to come, or {@link #callsPerSecond}
     *     alone means something
     */
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
     * The pauses of each pool whose owner stopped cleanly that began before that replica was
     * started again.
     */
    public Pauses scaleIns() {
        return pauses(
                of(FaultKind.STOP_DISPATCHER).stream()
                        .flatMap(stop ->
                                stop.target().pools().stream()
                                        .map(pool -> gaps(pool, stop.began(), stop.healing()))));
    }

    /** The pauses of any pool while a replica that had stopped cleanly came back. */
    public Pauses scaleOuts() {
        return pauses(
                of(FaultKind.STOP_DISPATCHER).stream()
                        .map(stop ->
                                evidence.fleet().pools().stream()
                                        .flatMap(pool ->
                                                gaps(
                                                        pool,
                                                        stop.healing(),
                                                        stop.ended() + SETTLING_MICROS)
                                                        .stream())
                                        .toList()));
    }

    /** Of each time the longest gap, and the longest of those in which a broker was away. */
    private Pauses pauses(Stream<List<Gap>> times) {
        List<Double> judged = new ArrayList<>();
        List<Double> brokerAway = new ArrayList<>();
        times.forEach(gaps -> {
            longest(gaps, gap -> !brokerAway(gap)).ifPresent(judged::add);
            longest(gaps, this::brokerAway).ifPresent(brokerAway::add);
        });
        return new Pauses(judged, brokerAway);
    }

    private static Optional<Double> longest(List<Gap> gaps, Predicate<Gap> which) {
        return gaps.stream()
                .filter(which)
                .map(gap -> seconds(gap.to() - gap.from()))
                .max(Comparator.naturalOrder());
    }

    /** Then nothing is stored for seconds, whatever dispatchers do. */
    private boolean brokerAway(Gap gap) {
        return evidence.incidents().stream()
                .filter(each -> each.kind().victim() == Victim.BROKER)
                .anyMatch(each -> each.touches(gap.from(), gap.to()));
    }

    /**
     * The times from one call to the next that begin between these two moments, as far as some job
     * waited: a call that comes later shows it.
     */
    private List<Gap> gaps(String pool, long from, long to) {
        List<SeenCall> calls =
                evidence.calls().stream()
                        .filter(call -> FleetPlan.isOf(pool, call.gpu()) && call.began() > from)
                        .toList();
        List<Gap> gaps = new ArrayList<>();
        long waits = Long.MAX_VALUE;
        for (int i = calls.size() - 1; i >= 0; i--) {
            waits = Math.min(waits, submittedAt(calls.get(i).job()));
            long last = i == 0 ? from : calls.get(i - 1).began();
            if (last < to) {
                gaps.add(new Gap(Math.max(last, waits), calls.get(i).began()));
            }
        }
        return gaps;
    }

    private long submittedAt(String job) {
        return evidence.trail(job).map(JobTrail::submittedAt).orElse(0L);
    }

    private record Gap(long from, long to) {}

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
