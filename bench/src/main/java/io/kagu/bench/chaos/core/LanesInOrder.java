package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;
import io.kagu.bench.chaos.core.JobTrail.Told;
import io.kagu.common.job.JobStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * No call begins while a job of a higher lane waits that its GPU could serve: the GPUs' logs say
 * when calls began, the owners' events who waited. An inversion is explained if the call was
 * decided before the other job was taken in, and was on its way; if the pool changed its owner in
 * between, which begins with what its store holds; or if the GPU failed the other job before.
 */
final class LanesInOrder implements Guarantee {

    private static final Set<Victim> MOVING = Set.of(Victim.DISPATCHER, Victim.BROKER);

    /** A pool finds its owner in this time after a fault, and the owner its balance. */
    private static final long MOVE_MICROS = 30_000_000;

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("lanes in order");
        Map<String, List<WaitingSpan>> waiting = waitingByPool(evidence);
        SortedMap<String, SeenCall> firstCalls = firstCalls(evidence);
        evidence.trails()
                .forEach((id, trail) -> {
                    Optional<SentJob> job = Optional.ofNullable(evidence.acknowledged().get(id));
                    job.ifPresent(known ->
                            starts(known, trail, firstCalls)
                                    .forEach(start -> judge(start, evidence, waiting, tally)));
                });
        return tally.finding();
    }

    /** A call with the moment at which its owner decided it. */
    private record Start(SentJob job, Told told, SeenCall call) {}

    private static Map<String, List<WaitingSpan>> waitingByPool(Evidence evidence) {
        Map<String, List<WaitingSpan>> byPool = new TreeMap<>();
        evidence.acknowledged()
                .forEach((id, job) ->
                        evidence.trail(id)
                                .ifPresent(trail ->
                                        byPool.computeIfAbsent(job.pool(), _ -> new ArrayList<>())
                                                .addAll(WaitingSpan.of(job, trail))));
        return byPool;
    }

    private static SortedMap<String, SeenCall> firstCalls(Evidence evidence) {
        SortedMap<String, SeenCall> first = new TreeMap<>();
        evidence.calls().forEach(call -> first.putIfAbsent(key(call.job(), call.attempt()), call));
        return first;
    }

    private static String key(String job, int attempt) {
        return job + '#' + attempt;
    }

    private static List<Start> starts(
            SentJob job, JobTrail trail, SortedMap<String, SeenCall> firstCalls) {
        return trail.told().stream()
                .filter(told -> told.state() == JobStatus.RUNNING)
                .distinct()
                .flatMap(told ->
                        Optional.ofNullable(firstCalls.get(key(job.id(), told.attempt())))
                                .filter(call -> call.gpu().equals(told.gpu()))
                                .map(call -> new Start(job, told, call))
                                .stream())
                .toList();
    }

    private static void judge(
            Start start, Evidence evidence, Map<String, List<WaitingSpan>> waiting, Tally tally) {
        tally.check();
        PlannedGpu gpu = evidence.fleet().gpu(start.told().gpu());
        for (WaitingSpan span : waiting.getOrDefault(start.job().pool(), List.of())) {
            boolean passedOver =
                    span.job().lane().compareTo(start.job().lane()) < 0
                            && span.holds(start.told().since(), start.call().began())
                            && gpu.models().contains(span.job().model());
            if (passedOver) {
                explanation(start, span, evidence)
                        .ifPresentOrElse(
                                tally::explained,
                                () -> tally.violated(start + " passed over " + span));
            }
        }
    }

    /** Executors differ also where one owner spills calls: a change of owner has a cause. */
    private static boolean ownerMoved(Start start, Evidence evidence) {
        return evidence.incidents().stream()
                .filter(each -> MOVING.contains(each.kind().victim()))
                .anyMatch(each ->
                        each.touches(start.told().since() - MOVE_MICROS, start.call().began()));
    }

    private static Optional<String> explanation(Start start, WaitingSpan span, Evidence evidence) {
        if (start.told().since() <= span.from()) {
            return Optional.of("decided before the other was taken in");
        }
        if (!start.told().executor().equals(span.endedBy()) && ownerMoved(start, evidence)) {
            return Optional.of("by a change of owner");
        }
        return span.avoids().contains(start.told().gpu())
                ? Optional.of("the GPU had failed the other")
                : Optional.empty();
    }
}
