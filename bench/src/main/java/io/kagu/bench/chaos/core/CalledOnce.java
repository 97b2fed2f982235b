package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.JobTrail.Ended;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job is called again only if its GPU failed it, or if a fault of the run found its call under
 * way; and never while another call of it runs.
 */
final class CalledOnce implements Guarantee {

    /** Until an outcome is stored, its call counts as under way. */
    private static final long STORE_MICROS = 2_000_000;

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("called once");
        callsByJob(evidence).forEach((job, calls) -> judge(job, calls, evidence, tally));
        return tally.finding();
    }

    private static Map<String, List<SeenCall>> callsByJob(Evidence evidence) {
        Map<String, List<SeenCall>> byJob = new TreeMap<>();
        for (SeenCall call : evidence.calls()) {
            byJob.computeIfAbsent(call.job(), _ -> new ArrayList<>()).add(call);
        }
        return byJob;
    }

    private static void judge(String job, List<SeenCall> calls, Evidence evidence, Tally tally) {
        tally.check();
        for (int i = 1; i < calls.size(); i++) {
            SeenCall earlier = calls.get(i - 1);
            SeenCall later = calls.get(i);
            boolean overlap = later.began() < earlier.ended();
            if (!overlap && failed(evidence.trail(job), earlier, later)) {
                tally.explained("tried again after the GPU failed it");
                continue;
            }
            String what = overlap ? "called twice at a time" : "called again";
            explanation(evidence, earlier)
                    .ifPresentOrElse(
                            kind -> tally.explained(what + ": " + kind),
                            () -> tally.violated(line(job, what, calls, evidence)));
        }
    }

    /** The owner knew of a failure, and the next call is another attempt. */
    private static boolean failed(Optional<JobTrail> trail, SeenCall earlier, SeenCall later) {
        return later.attempt() > earlier.attempt()
                && trail.map(known -> known.attempts().get(earlier.attempt()))
                        .map(Ended::ending)
                        .filter(ending -> ending.equals("fault") || ending.equals("overloaded"))
                        .isPresent();
    }

    private static Optional<String> explanation(Evidence evidence, SeenCall call) {
        Optional<String> incident =
                evidence.incidents().stream()
                        .filter(each -> each.kind().cutsCalls())
                        .filter(each -> each.touches(call.began(), call.ended() + STORE_MICROS))
                        .filter(each -> hits(each, call, evidence.trail(call.job())))
                        .map(each -> each.kind().word())
                        .findFirst();
        return incident.or(() -> cutOff(evidence.trail(call.job()), call));
    }

    private static boolean hits(Incident incident, SeenCall call, Optional<JobTrail> trail) {
        return switch (incident.kind().victim()) {
            case GPU -> incident.target().name().equals(call.gpu());
            case DISPATCHER -> owned(incident, call) || made(incident, call, trail);
            case BROKER, STATUS_API, INGEST, INPUT -> true;
        };
    }

    /** An owner may have spilled the call to the one that was hit. */
    private static boolean made(Incident incident, SeenCall call, Optional<JobTrail> trail) {
        return trail.map(known -> known.attempts().get(call.attempt()))
                .filter(ended -> ended.executor().equals(incident.target().executor()))
                .isPresent();
    }

    private static boolean owned(Incident incident, SeenCall call) {
        return incident.target().pools().stream()
                .anyMatch(pool -> FleetPlan.isOf(pool, call.gpu()));
    }

    /** On a machine that is too busy, an executor may lose touch without any fault of ours. */
    private static Optional<String> cutOff(Optional<JobTrail> trail, SeenCall call) {
        return trail.map(known -> known.attempts().get(call.attempt()))
                .filter(ended -> ended.ending().equals("lost"))
                .filter(ended -> ended.error().equals("cut off"))
                .map(_ -> "its executor was cut off");
    }

    private static String line(String job, String what, List<SeenCall> calls, Evidence evidence) {
        return "%s was %s: %s, told %s"
                .formatted(
                        job,
                        what,
                        calls,
                        evidence.trail(job).map(JobTrail::attempts).orElseGet(TreeMap::new));
    }
}
