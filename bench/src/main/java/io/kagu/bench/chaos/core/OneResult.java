package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.Finding.Tally;

import java.util.Map;

/** No job was told to have ended in two ways, and none has two different results. */
final class OneResult implements Guarantee {

    @Override
    public Finding judge(Evidence evidence) {
        Tally tally = new Tally("one result");
        for (Map.Entry<String, JobTrail> each : evidence.trails().entrySet()) {
            tally.check();
            JobTrail trail = each.getValue();
            if (trail.ends().size() > 1) {
                tally.violated("%s ended as %s".formatted(each.getKey(), trail.ends()));
            }
            if (trail.results().size() > 1) {
                tally.violated("%s has results %s".formatted(each.getKey(), trail.results()));
            }
        }
        return tally.finding();
    }
}
