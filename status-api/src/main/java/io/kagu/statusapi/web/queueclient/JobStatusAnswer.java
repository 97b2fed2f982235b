package io.kagu.statusapi.web.queueclient;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.ResultRow;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A job as {@code GET /status/{job_id}} tells it.
 *
 * @param status queued, processing, retrying, completed or dead; a job that was cancelled or
 *     expired is dead to clients that know no other word
 * @param state our own word
 * @param attempt how many attempts there were
 * @param lastError why the job is where it is, or what its last failed attempt said
 * @param result the whole response, see {@link ResultText}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record JobStatusAnswer(
        String jobId,
        String status,
        JobStatus state,
        String model,
        String priority,
        Optional<String> gpu,
        int attempt,
        Optional<String> lastError,
        Optional<String> result,
        Optional<String> resultEncoding,
        double createdAt,
        OptionalDouble startedAt,
        OptionalDouble completedAt,
        double updatedAt) {

    /** The answer on a job, with its response once that is there. */
    static JobStatusAnswer of(JobView job, Optional<ResultRow> response) {
        Optional<ResultText> text = response.map(row -> ResultText.of(row.body()));
        return new JobStatusAnswer(
                job.id(),
                word(job.state(), response.isPresent()),
                job.state(),
                job.model(),
                job.priority().word(),
                job.gpu(),
                job.attemptCount(),
                lastError(job),
                text.map(ResultText::text),
                text.map(ResultText::encoding),
                EpochSeconds.of(job.submittedAt()),
                EpochSeconds.of(job.startedAt()),
                EpochSeconds.of(job.finishedAt()),
                EpochSeconds.of(job.updatedAt()));
    }

    /** Who reads "completed" reads the result with it: so it is not said before that is there. */
    private static String word(JobStatus state, boolean answered) {
        return switch (state) {
            case QUEUED -> "queued";
            case RUNNING -> "processing";
            case RETRYING -> "retrying";
            case COMPLETED -> answered ? "completed" : "processing";
            case DEAD, CANCELLED, EXPIRED -> "dead";
        };
    }

    private static Optional<String> lastError(JobView job) {
        List<AttemptView> attempts = job.attempts();
        return job.reason()
                .filter(_ -> job.state() != JobStatus.QUEUED)
                .map(JobView.Reason::message)
                .or(() ->
                        attempts.reversed().stream()
                                .map(AttemptView::error)
                                .flatMap(Optional::stream)
                                .findFirst());
    }
}
