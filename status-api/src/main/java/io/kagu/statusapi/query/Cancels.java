package io.kagu.statusapi.query;

import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobView;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.time.InstantSource;

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
    public Lookup cancel(String jobId) {
        Lookup known = jobs.find(jobId);
        if (known instanceof Lookup.Found(var job) && !job.state().terminal()) {
            return store(job) ? effect(job) : new Lookup.NotReady();
        }
        return known;
    }

    private boolean store(JobView job) {
        return commands.store(job.pool(), JobCommand.cancel(job.id(), clock.instant()));
    }

    /** A waiting job is withdrawn at once; a running one says that it was asked to stop. */
    private Lookup effect(JobView before) {
        try {
            return jobs.awaitView(
                            before.id(),
                            Deadline.in(EFFECT),
                            row -> row.state().terminal() || isAsked(row))
                    .<Lookup>map(row -> new Lookup.Found(row.view()))
                    .orElseGet(() -> new Lookup.Found(before));
        } catch (InvalidStateStoreException e) {
            return new Lookup.Found(before);
        }
    }

    private static boolean isAsked(ViewRow row) {
        return row.view().cancelRequested();
    }
}
