package io.kagu.ingest.desk;

import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Arrival;
import io.kagu.ingest.core.Field;
import io.kagu.ingest.core.JobReader;
import io.kagu.ingest.core.JobReader.Fresh;
import io.kagu.ingest.core.JobReader.Reading;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.core.Submission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Takes submissions: reads, looks up the pool, admits, stores and counts each of them. */
public final class FrontDesk {

    private final JobReader reader;
    private final Supplier<Optional<Registry>> models;
    private final PoolIntake intake;
    private final IngestMetrics metrics;

    /**
     * @param models the registry; empty while it has not been read
     */
    public FrontDesk(
            JobReader reader,
            Supplier<Optional<Registry>> models,
            PoolIntake intake,
            IngestMetrics metrics) {
        this.reader = reader;
        this.models = models;
        this.intake = intake;
        this.metrics = metrics;
    }

    /** Completes with the answer, in bounded time; never fails. */
    public CompletableFuture<Answer> submit(Arrival arrival) {
        return switch (arrival) {
            case Arrival.Refused(Refusal refusal) -> refused(refusal, Optional.empty());
            case Arrival.Complete(Submission submission) -> submit(submission);
        };
    }

    private CompletableFuture<Answer> submit(Submission submission) {
        metrics.body(submission.body().size());
        Fresh fresh = new Fresh(JobIds.next(), Instant.now());
        return switch (reader.read(submission, fresh)) {
            case Reading.Refused(Refusal refusal) -> refused(refusal, Optional.empty());
            case Reading.Read(Job job) -> route(job, submission);
        };
    }

    private CompletableFuture<Answer> route(Job job, Submission submission) {
        Optional<Priority> priority = Optional.of(job.priority());
        Optional<Registry> registry = models.get().filter(known -> !known.models().isEmpty());
        if (registry.isEmpty()) {
            return refused(new Refusal.NoModels(models.get().isPresent()), priority);
        }
        Optional<String> pool = registry.get().poolOf(job.model());
        if (pool.isEmpty()) {
            return refused(unknownModel(job, submission, registry.get()), priority);
        }
        return intake.take(job, pool.get(), submission.body())
                .whenComplete((answer, bug) -> metrics.answered(answer, priority));
    }

    private static Refusal unknownModel(Job job, Submission submission, Registry registry) {
        return new Refusal.UnknownModel(
                submission.fields().nameOf(Field.MODEL),
                job.model(),
                List.copyOf(registry.models()));
    }

    private CompletableFuture<Answer> refused(Refusal refusal, Optional<Priority> priority) {
        Answer answer = new Answer.Refused(refusal);
        metrics.answered(answer, priority);
        return CompletableFuture.completedFuture(answer);
    }
}
