package io.kagu.cli.core;

import io.kagu.common.job.Priority;

import java.util.Optional;
import java.util.OptionalLong;

/** Small inputs for tests. */
final class Lines {

    private Lines() {}

    static IndexedLine.Job job(int number, Priority lane) {
        return job(number, lane, "m");
    }

    static IndexedLine.Job job(int number, Priority lane, String model) {
        return new IndexedLine.Job(number, "job-" + number, lane, model, "c" + number, 0, 0);
    }

    static SubmittedJob submitted(int number, Priority lane, String model) {
        return new SubmittedJob(new PlannedJob(job(number, lane, model), 0), "id-" + number);
    }

    static LineEnd end(int number, LineState state) {
        CallFacts facts =
                new CallFacts(Optional.of("gpu-a"), 1, OptionalLong.of(1500), OptionalLong.of(40));
        return new LineEnd(
                "job-" + number,
                Optional.of("id-" + number),
                state,
                0,
                "c" + number,
                facts,
                Optional.empty());
    }
}
