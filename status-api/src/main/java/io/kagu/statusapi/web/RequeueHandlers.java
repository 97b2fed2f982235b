package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.query.DeadLetters;
import io.kagu.statusapi.query.RequeueRuns;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.List;

/** Requeues many dead letters: starts a run, tells how far it is, stops it. */
final class RequeueHandlers {

    private static final int SAMPLES = 20;

    private final DeadLetters letters;
    private final RequeueRuns runs;

    RequeueHandlers(DeadLetters letters, RequeueRuns runs) {
        this.letters = letters;
        this.runs = runs;
    }

    /**
     * What a run would do.
     *
     * @param count letters that would be requeued
     * @param more whether others match beyond the limit
     * @param groups of these letters alone
     */
    private record DryRun(
            boolean dryRun,
            int count,
            boolean more,
            List<String> sampleIds,
            List<LetterGroup> groups) {}

    void start(Context ctx) {
        try {
            RequeueRequest request = RequeueRequest.read(ctx.bodyAsBytes());
            if (request.dryRun()) {
                HttpServer.json(ctx, 200, dryRun(request));
            } else {
                begin(ctx, request);
            }
        } catch (FieldException e) {
            throw DeadLetterProblems.field(e);
        } catch (InvalidStateStoreException e) {
            throw DeadLetterProblems.restoring();
        }
    }

    private DryRun dryRun(RequeueRequest request) {
        DeadLetters.Selection would = letters.select(request);
        return new DryRun(
                true,
                would.heads().size(),
                would.more(),
                would.heads().stream().limit(SAMPLES).map(LetterHead::id).toList(),
                would.groups());
    }

    private void begin(Context ctx, RequeueRequest request) {
        switch (runs.start(request)) {
            case RequeueRuns.Start.Started(var progress) -> HttpServer.json(ctx, 202, progress);
            case RequeueRuns.Start.Busy(var running) -> throw DeadLetterProblems.busy(running);
        }
    }

    void progress(Context ctx) {
        HttpServer.json(ctx, 200, runs.progress().orElseThrow(DeadLetterProblems::noRun));
    }

    /** Of a run that is over already it says so. */
    void stop(Context ctx) {
        HttpServer.json(ctx, 200, runs.stop().orElseThrow(DeadLetterProblems::noRun));
    }
}
