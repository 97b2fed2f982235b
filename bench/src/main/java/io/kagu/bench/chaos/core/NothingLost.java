package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;
import io.kagu.common.job.JobStatus;

import java.util.Optional;

/** Every job that was acknowledged was taken in, and what became of it can be read. */
final class NothingLost implements Guarantee {

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("nothing lost");
        for (String id : evidence.acknowledged().keySet()) {
            tally.check();
            Optional<JobTrail> trail = evidence.trail(id);
            if (trail.isEmpty() || trail.get().told().isEmpty()) {
                tally.violated(id + " was never taken in");
            } else {
                judge(id, trail.get(), tally);
            }
        }
        return tally.finding();
    }

    private static void judge(String id, JobTrail trail, Tally tally) {
        if (trail.ends().contains(JobStatus.COMPLETED) && trail.results().isEmpty()) {
            tally.violated(id + " is completed without a result");
        }
        if (trail.ends().contains(JobStatus.DEAD) && !trail.hasDeadLetter()) {
            tally.violated(id + " is dead without a dead letter");
        }
    }
}
