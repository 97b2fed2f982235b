package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.bench.chaos.core.JobTrail.Told;
import io.kagu.common.job.JobStatus;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every job that was acknowledged reached a terminal state. */
final class EveryJobEnded implements Guarantee {

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("every job ended");
        for (String id : evidence.acknowledged().keySet()) {
            tally.check();
            Optional<JobTrail> trail = evidence.trail(id);
            if (trail.isEmpty() || !trail.get().ended()) {
                tally.violated(id + " is left " + lastState(trail));
            } else {
                tally.explained(word(trail.get().ends().iterator().next()));
            }
        }
        return tally.finding();
    }

    private static String lastState(Optional<JobTrail> trail) {
        List<Told> told = trail.map(JobTrail::told).orElse(List.of());
        return told.isEmpty() ? "unknown" : told.getLast().toString();
    }

    private static String word(JobStatus state) {
        return state.toString().toLowerCase(Locale.ROOT);
    }
}
