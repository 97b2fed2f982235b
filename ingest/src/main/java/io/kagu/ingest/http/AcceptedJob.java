package io.kagu.ingest.http;

import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.ingest.core.Answer;

import java.util.Optional;

/**
 * The answer to a job that was taken in.
 *
 * @param position how many jobs go before it; absent while unknown
 * @param estimatedWaitS seconds; absent while unknown
 * @param queueStatus {@code warn} where the pool fills up
 */
record AcceptedJob(
        String id,
        JobStatus state,
        String pool,
        Optional<Integer> position,
        Optional<Double> estimatedWaitS,
        Optional<String> queueStatus,
        Links links) {

    static final String WARN = "warn";

    private static final double MILLIS = 1000.0;

    /** Where the job can be looked up. */
    record Links(String self, String result) {}

    static AcceptedJob of(Answer.Accepted accepted) {
        JobView job = accepted.job();
        String self = "/v1/jobs/" + job.id();
        return new AcceptedJob(
                job.id(),
                job.state(),
                job.pool(),
                accepted.place().position(),
                accepted.place().estimatedWait().map(time -> time.toMillis() / MILLIS),
                accepted.warned() ? Optional.of(WARN) : Optional.empty(),
                new Links(self, self + "/result"));
    }
}
