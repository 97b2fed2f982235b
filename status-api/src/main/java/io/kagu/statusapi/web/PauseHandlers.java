package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseCommand;
import io.kagu.common.job.PauseScope;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.PauseRequest;
import io.kagu.statusapi.query.GpuBoard;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.QueueBoard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Pauses and resumes a pool, a lane or a model. */
final class PauseHandlers {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final QueueBoard queues;
    private final GpuBoard gpus;
    private final PoolCommands commands;
    private final InstantSource clock;

    PauseHandlers(QueueBoard queues, GpuBoard gpus, PoolCommands commands, InstantSource clock) {
        this.queues = queues;
        this.gpus = gpus;
        this.commands = commands;
        this.clock = clock;
    }

    /** What was asked, once it is stored; its effect shows in the queue's answer. */
    private record Answer(String pool, PauseCommand.Type type, Pause pause) {}

    void pause(Context ctx) {
        ask(ctx, PauseCommand.Type.PAUSE);
    }

    void resume(Context ctx) {
        ask(ctx, PauseCommand.Type.RESUME);
    }

    private void ask(Context ctx, PauseCommand.Type type) {
        String pool = ctx.pathParam("pool");
        if (!known(pool)) {
            throw new ProblemException(
                    Problem.of(404, "pool_not_found", "Pool not found", "There is no such pool")
                            .with("pool", pool));
        }
        Instant now = clock.instant();
        Pause pause = byOwnName(read(ctx, now));
        if (!commands.store(pool, PauseCommand.of(type, pause, now))) {
            throw new ProblemException(
                    Problem.of(503, "not_stored", "Not stored", "The command was not stored")
                            .retryAfter(RETRY_AFTER_SECONDS));
        }
        HttpServer.json(ctx, 202, new Answer(pool, type, pause));
    }

    /** A pool that never had a job is in the registry alone; one without GPUs may have jobs. */
    private boolean known(String pool) {
        return queues.pool(pool).isPresent() || gpus.registry().pools().contains(pool);
    }

    /** Owners know models by their own names; one that nothing serves now stays as it is. */
    private Pause byOwnName(Pause asked) {
        PauseScope scope = asked.scope();
        Optional<String> model =
                scope.model().map(name -> gpus.registry().canonicalName(name).orElse(name));
        return new Pause(new PauseScope(scope.priority(), model), asked.until(), asked.reason());
    }

    private static Pause read(Context ctx, Instant now) {
        try {
            return PauseRequest.read(ctx.bodyAsBytes(), now);
        } catch (FieldException e) {
            throw new ProblemException(Problem.field(422, "invalid_field", e.field(), e.allowed()));
        }
    }
}
