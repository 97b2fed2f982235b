package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.FleetPlan.PlannedGpu;

import java.util.ArrayList;
import java.util.List;

/** No GPU ever ran more calls than it has slots, by its own log; but for a process that froze. */
final class SlotsHeld implements Guarantee {

    /** What a process that stood still may do before it finds out. */
    private static final long THAW_MICROS = 2_000_000;

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("slots held");
        for (PlannedGpu gpu : evidence.fleet().gpus()) {
            judge(gpu, evidence, tally);
        }
        return tally.finding();
    }

    private static void judge(PlannedGpu gpu, Evidence evidence, Tally tally) {
        List<SeenCall> open = new ArrayList<>();
        for (SeenCall call : evidence.calls()) {
            if (!call.gpu().equals(gpu.name())) {
                continue;
            }
            tally.check();
            open.removeIf(earlier -> earlier.ended() <= call.began());
            open.add(call);
            if (open.size() > gpu.slots()) {
                report(gpu, open, evidence, tally);
            }
        }
    }

    private static void report(
            PlannedGpu gpu, List<SeenCall> open, Evidence evidence, Tally tally) {
        long from = open.getFirst().began();
        long now = open.getLast().began();
        boolean frozen =
                evidence.incidents().stream()
                        .filter(incident -> incident.kind() == FaultKind.FREEZE_DISPATCHER)
                        .anyMatch(incident -> incident.touches(from - THAW_MICROS, now));
        if (frozen) {
            tally.explained("by a process that froze");
        } else {
            tally.violated("%s of %d slots had %s".formatted(gpu.name(), gpu.slots(), open));
        }
    }
}
