package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.Job;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.RequeueTarget;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.regex.Pattern;

/** Dead letters: lists, one of them, and what becomes of it. */
final class DeadLetterHandlers {

    private static final String OCTETS = "application/octet-stream";

    /** Media types come from outside; what is none must not get into a header. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~]{1,100}/[ -~]{1,150}");

    private final DeadLetters letters;
    private final DeadLetterCommands commands;
    private final DeadLetterList list;

    DeadLetterHandlers(DeadLetterRoutes.Services services) {
        this.letters = services.letters();
        this.commands = services.commands();
        this.list = services.list();
    }

    /**
     * A command that Kafka has; its effect shows a moment later.
     *
     * @param run the job's life that begins, or of a discard the one that ended
     */
    private record CommandAnswer(String id, int run, String status) {}

    void list(Context ctx) {
        HttpServer.json(ctx, 200, list.page(ctx));
    }

    void one(Context ctx) {
        HttpServer.json(ctx, 200, DeadLetterAnswer.of(found(ctx)));
    }

    /** The bytes come from outside: a browser saves them and runs nothing in them. */
    void body(Context ctx) {
        LetterRow row = found(ctx);
        DeadLetter letter = row.letter();
        // The framework would add its own charset.
        ctx.res().setCharacterEncoding((String) null);
        ctx.header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"%s.body\"".formatted(letter.id()))
                .status(200)
                .contentType(
                        letter.job()
                                .map(Job::contentType)
                                .filter(type -> MEDIA_TYPE.matcher(type).matches())
                                .orElse(OCTETS))
                .result(row.body());
    }

    private LetterRow found(Context ctx) {
        String id = ctx.pathParam("id");
        try {
            return letters.find(id).orElseThrow(() -> DeadLetterProblems.notFound(id));
        } catch (InvalidStateStoreException e) {
            throw DeadLetterProblems.restoring();
        }
    }

    void requeue(Context ctx) {
        DeadLetterCommands.Answer.Stored stored = stored(ctx, asked(ctx));
        HttpServer.json(ctx, 202, new CommandAnswer(stored.id(), stored.run() + 1, "requeued"));
    }

    /** With {@code run}, only if it is that run's letter. */
    private DeadLetterCommands.Answer asked(Context ctx) {
        String run = ctx.queryParam("run");
        if (run == null) {
            return commands.requeue(id(ctx));
        }
        try {
            return commands.requeue(new RequeueTarget(id(ctx), Integer.parseInt(run)));
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    Problem.field(422, "invalid_field", "run", "the number of the run that died"));
        }
    }

    void discard(Context ctx) {
        DeadLetterCommands.Answer.Stored stored = stored(ctx, commands.discard(id(ctx)));
        HttpServer.json(ctx, 202, new CommandAnswer(stored.id(), stored.run(), "discarded"));
    }

    private static DeadLetterCommands.Answer.Stored stored(
            Context ctx, DeadLetterCommands.Answer answer) {
        return switch (answer) {
            case DeadLetterCommands.Answer.Stored stored -> stored;
            case DeadLetterCommands.Answer.Absent() -> throw DeadLetterProblems.notFound(id(ctx));
            case DeadLetterCommands.Answer.NoJob(var letter) ->
                    throw DeadLetterProblems.noJob(letter);
            case DeadLetterCommands.Answer.NotReady() -> throw DeadLetterProblems.restoring();
        };
    }

    private static String id(Context ctx) {
        return ctx.pathParam("id");
    }
}
