package io.kagu.statusapi.query;

import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.JobPartitions;

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
    public CompletableFuture<Void> caughtUp(String jobId) {
        return frontier.passed(partitions.of(jobId));
    }
}
