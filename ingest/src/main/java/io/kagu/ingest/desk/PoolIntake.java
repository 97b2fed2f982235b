package io.kagu.ingest.desk;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;
import io.kagu.ingest.core.Answer;
import io.kagu.ingest.core.Body;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.desk.PoolGates.Entry;
import io.kagu.ingest.desk.PoolGates.Pass;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Admits a job to its pool and stores it. */
public final class PoolIntake {

    private static final Logger LOG = LoggerFactory.getLogger(PoolIntake.class);

    private final PoolGates gates;
    private final JobStore store;

    public PoolIntake(PoolGates gates, JobStore store) {
        this.gates = gates;
        this.store = store;
    }

    /** Completes with the answer once Kafka has answered; never fails. */
    CompletableFuture<Answer> take(Job job, String pool, Body body) {
        return switch (gates.enter(pool, job.priority())) {
            case Entry.Turned(Refusal refusal) ->
                    CompletableFuture.completedFuture(new Answer.Refused(refusal));
            case Entry.Granted(Pass pass) ->
                    store.store(job, pool, body)
                            .thenApply(view -> stored(pass, view))
                            .exceptionally(failure -> notStored(pass, job, pool, failure));
        };
    }

    private static Answer stored(Pass pass, JobView view) {
        pass.stored().run();
        return new Answer.Accepted(view, pass.warned(), pass.place());
    }

    private static Answer notStored(Pass pass, Job job, String pool, Throwable failure) {
        pass.dropped().run();
        LOG.atWarn()
                .addKeyValue("jobId", job.id())
                .addKeyValue("pool", pool)
                .addKeyValue("cause", failure.toString())
                .log("job not stored");
        return new Answer.Refused(new Refusal.NotStored(Optional.of(job.id())));
    }
}
