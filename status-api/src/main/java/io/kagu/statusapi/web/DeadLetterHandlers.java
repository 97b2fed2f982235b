package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.http.HttpServer;
import io.kagu.common.job.Job;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterQuery;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.query.DeadLetters;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Dead letters: lists, one of them, and what becomes of it. */
final class DeadLetterHandlers {

    private static final String OCTETS = "application/octet-stream";

    /** Media types come from outside; what is none must not get into a header. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!-~]{1,100}/[ -~]{1,150}");

    private final DeadLetters letters;
    private final DeadLetterCommands commands;
    private final ListGathering gathering;
    private final InstantSource clock;

    DeadLetterHandlers(DeadLetterRoutes.Services services) {
        this.letters = services.letters();
        this.commands = services.commands();
        this.gathering = new ListGathering(services.replicas());
        this.clock = services.clock();
    }

    /**
     * A page of a list.
     *
     * @param incomplete whether some partitions could not be looked at: their letters are not here
     * @param partitions that were looked at
     * @param groups of the asked class, code and fingerprint, the largest first
     */
    record ListAnswer(
            Instant asOf,
            boolean stale,
            boolean incomplete,
            Set<Integer> missingPartitions,
            Set<Integer> partitions,
            List<LetterHead> deadLetters,
            List<LetterGroup> groups,
            Optional<String> nextCursor) {

        ListPart<LetterHead> part() {
            return new ListPart<>(deadLetters, nextCursor.map(ListPlace::ofCursor), partitions);
        }
    }

    /**
     * A command that Kafka has; its effect shows a moment later.
     *
     * @param run the job's life that begins, or of a discard the one that ended
     */
    private record CommandAnswer(String id, int run, String status) {}

    void list(Context ctx) {
        LetterQuery query;
        try {
            query = LetterQuery.read(ctx.queryParamMap());
        } catch (FieldException e) {
            throw DeadLetterProblems.field(e);
        }
        List<ListAnswer> answers =
                gathering.answers(
                        ListGathering.Question.of(ctx, "/v1/dlq"),
                        () -> here(query),
                        ListAnswer.class);
        ListPart<LetterHead> merged =
                ListPart.merged(
                        answers.stream().map(ListAnswer::part).toList(),
                        query.limit(),
                        LetterHead::place);
        List<LetterGroup> groups =
                answers.stream().flatMap(answer -> answer.groups().stream()).toList();
        HttpServer.json(
                ctx,
                200,
                answer(
                        merged,
                        // Another replica adds these up with its own: it needs the small ones too.
                        RoutedHandler.isForwarded(ctx) ? groups : LetterGroup.largest(groups),
                        Freshness.oldest(
                                answers.stream()
                                        .map(it -> new Freshness(it.asOf(), it.stale()))
                                        .toList())));
    }

    private ListAnswer here(LetterQuery query) {
        ListPart<LetterHead> part = letters.page(query);
        return answer(
                part,
                letters.groups(query.filter()),
                letters.freshness(part.partitions(), clock.instant()));
    }

    private ListAnswer answer(
            ListPart<LetterHead> part, List<LetterGroup> groups, Freshness freshness) {
        Set<Integer> missing = gathering.missing(part.partitions());
        return new ListAnswer(
                freshness.asOf(),
                freshness.stale(),
                !missing.isEmpty(),
                missing,
                part.partitions(),
                part.items(),
                groups,
                part.next().map(ListPlace::cursor));
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
        DeadLetterCommands.Answer.Stored stored = stored(ctx, commands.requeue(id(ctx)));
        HttpServer.json(ctx, 202, new CommandAnswer(stored.id(), stored.run() + 1, "requeued"));
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
