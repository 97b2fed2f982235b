package io.kagu.statusapi.query;

import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.ViewRow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Asks the owners of pools to withdraw jobs. */
public final class Cancels {

    private static final Duration EFFECT = Duration.ofSeconds(1);

    private final JobQuestions jobs;
    private final PoolCommands commands;
    private final InstantSource clock;

    public Cancels(JobQuestions jobs, PoolCommands commands, InstantSource clock) {
        this.jobs = jobs;
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Stores the command and waits briefly for its effect; a job that has ended is left alone.
     *
     * @return the job as it is afterwards, or why nothing was asked
     */
    public CompletableFuture<Lookup> cancel(String jobId) {
        return jobs.find(jobId)
                .thenCompose(known ->
                        known instanceof Lookup.Found(var job) && !job.state().terminal()
                                ? cancel(job)
                                : CompletableFuture.completedFuture(known));
    }

    private CompletableFuture<Lookup> cancel(JobView job) {
        return store(job) ? effect(job) : CompletableFuture.completedFuture(new Lookup.NotReady());
    }

    private boolean store(JobView job) {
        OptionalInt run = OptionalInt.of(job.run());
        return commands.store(job.pool(), JobCommand.cancel(job.id(), run, clock.instant()));
    }

    /** A waiting job is withdrawn at once; a running one says that it was asked to stop. */
    private CompletableFuture<Lookup> effect(JobView before) {
        return jobs.awaitView(before.id(), EFFECT, row -> row.state().terminal() || isAsked(row))
                .thenApply(_ -> new Lookup.Found(jobs.now(before.id()).orElse(before)));
    }

    private static boolean isAsked(ViewRow row) {
        return row.view().cancelRequested();
    }
}
