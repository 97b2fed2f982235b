package io.kagu.bench.chaos.core;

import io.kagu.bench.chaos.core.JobTrail.Told;
import io.kagu.common.job.JobStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A time for which a job waited, as its owner told it.
 *
 * @param from when it was taken in, or queued again
 * @param to when it was given to a GPU, or withdrawn
 * @param endedBy the executor that got it; empty if none did
 * @param avoids GPUs that had failed it
 */
record WaitingSpan(SentJob job, long from, long to, String endedBy, Set<String> avoids) {

    WaitingSpan {
        avoids = Set.copyOf(avoids);
    }

    static List<WaitingSpan> of(SentJob job, JobTrail trail) {
        List<WaitingSpan> spans = new ArrayList<>();
        Set<String> avoids = new TreeSet<>();
        Optional<Told> queued = Optional.empty();
        for (Told told : trail.told()) {
            if (told.state() == JobStatus.QUEUED) {
                // One that lost the row takes the job in anew: then it waits from then on.
                queued = Optional.of(told);
            } else {
                queued.filter(since -> told.since() >= since.since())
                        .ifPresent(since ->
                                spans.add(
                                        new WaitingSpan(
                                                job,
                                                since.since(),
                                                told.since(),
                                                executor(told),
                                                avoids)));
                queued = Optional.empty();
                if (told.state() == JobStatus.RETRYING) {
                    avoids.add(told.gpu());
                }
            }
        }
        return spans;
    }

    private static String executor(Told told) {
        return told.state() == JobStatus.RUNNING ? told.executor() : "";
    }

    /** Whether the job waited when a call was decided, or came to wait before that call began. */
    boolean holds(long decided, long began) {
        return from < began && to > decided;
    }
}
