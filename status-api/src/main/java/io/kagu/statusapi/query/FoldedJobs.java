package io.kagu.statusapi.query;

import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.JobPartitions;
import io.kagu.statusapi.fold.Owner;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the jobs that this instance has folded. */
public record FoldedJobs(FoldStreams streams, FoldFrontier frontier, JobPartitions partitions)
        implements JobReader {

    @Override
    public Optional<ViewRow> view(String jobId) {
        return streams.view(jobId);
    }

    @Override
    public Optional<ResultRow> result(String jobId) {
        return streams.result(jobId);
    }

    @Override
    public Optional<ViewRow> copiedView(String jobId) {
        return streams.copiedView(jobId);
    }

    @Override
    public Optional<ResultRow> copiedResult(String jobId) {
        return streams.copiedResult(jobId);
    }

    @Override
    public Freshness freshness(String jobId, Instant now) {
        return streams.freshness(jobId, now);
    }

    @Override
    public boolean elsewhere(String jobId) {
        return streams.owners().ofJob(jobId) instanceof Owner.There;
    }

    @Override
    public CompletableFuture<Void> caughtUp(String jobId) {
        return frontier.passed(partitions.of(jobId));
    }
}
