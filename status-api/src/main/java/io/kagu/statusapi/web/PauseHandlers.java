package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseCommand;
import io.kagu.statusapi.core.PauseRequest;
import io.kagu.statusapi.query.PoolCommands;
import io.kagu.statusapi.query.QueueBoard;

import java.time.Instant;
import java.time.InstantSource;

/** Pauses and resumes a pool, a lane or a model. */
final class PauseHandlers {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final QueueBoard queues;
    private final PoolCommands commands;
    private final InstantSource clock;

    PauseHandlers(QueueBoard queues, PoolCommands commands, InstantSource clock) {
        this.queues = queues;
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
        if (queues.pool(pool).isEmpty()) {
            throw new ProblemException(
                    Problem.of(404, "pool_not_found", "Pool not found", "There is no such pool")
                            .with("pool", pool));
        }
        Instant now = clock.instant();
        Pause pause = read(ctx, now);
        if (!commands.store(pool, PauseCommand.of(type, pause, now))) {
            throw new ProblemException(
                    Problem.of(503, "not_stored", "Not stored", "The command was not stored")
                            .retryAfter(RETRY_AFTER_SECONDS));
        }
        HttpServer.json(ctx, 202, new Answer(pool, type, pause));
    }

    private static Pause read(Context ctx, Instant now) {
        try {
            return PauseRequest.read(ctx.bodyAsBytes(), now);
        } catch (PauseRequest.FieldException e) {
            throw new ProblemException(Problem.field(422, "invalid_field", e.field(), e.allowed()));
        }
    }
}
