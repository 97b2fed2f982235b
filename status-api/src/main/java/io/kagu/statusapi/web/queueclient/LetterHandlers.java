package io.kagu.statusapi.web.queueclient;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.query.DeadLetterCommands;
import io.kagu.statusapi.web.DeadLetterList;
import io.kagu.statusapi.web.DeadLetterProblems;
import io.kagu.statusapi.web.JobProblems;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Dead letters in the words of queue clients. */
final class LetterHandlers {

    /** These clients do not turn pages unless they know how. */
    private static final Map<String, List<String>> LARGEST = Map.of("limit", List.of("500"));

    private final DeadLetterList letters;
    private final DeadLetterCommands commands;

    LetterHandlers(DeadLetterList letters, DeadLetterCommands commands) {
        this.letters = letters;
        this.commands = commands;
    }

    /**
     * A page of letters, newest first.
     *
     * @param incomplete whether letters are missing, as of a replica that does not answer
     * @param nextCursor where the next page begins, if there may be one
     */
    private record Letters(
            List<Letter> deadLetterQueue, boolean incomplete, Optional<String> nextCursor) {}

    /**
     * One letter.
     *
     * @param messageId the job's id: there is one letter of a job
     * @param attempt attempts of all the job's runs
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Letter(
            String messageId,
            String jobId,
            String dlqReason,
            double dlqAt,
            String code,
            String fingerprint,
            Optional<String> model,
            Optional<String> priority,
            int attempt) {

        static Letter of(LetterHead head) {
            return new Letter(
                    head.id(),
                    head.id(),
                    head.reason(),
                    EpochSeconds.of(head.diedAt()),
                    head.code(),
                    head.fingerprint(),
                    head.model(),
                    head.priority().map(priority -> priority.word()),
                    head.attemptCount());
        }
    }

    private record Requeued(String jobId, String status) {}

    void list(Context ctx) {
        Map<String, List<String>> parameters = new TreeMap<>(LARGEST);
        parameters.putAll(ctx.queryParamMap());
        DeadLetterList.Page page = letters.page(parameters);
        HttpServer.json(
                ctx,
                200,
                new Letters(
                        page.deadLetters().stream().map(Letter::of).toList(),
                        page.incomplete(),
                        page.nextCursor()));
    }

    void retry(Context ctx) {
        switch (commands.requeue(ctx.pathParam("id"))) {
            case DeadLetterCommands.Answer.Stored(var id, int _) ->
                    HttpServer.json(ctx, 200, new Requeued(id, "requeued"));
            case DeadLetterCommands.Answer.Absent() ->
                    QueueClientError.answer(ctx, "dead letter not found");
            case DeadLetterCommands.Answer.NoJob(var letter) ->
                    throw DeadLetterProblems.noJob(letter);
            case DeadLetterCommands.Answer.NotReady() ->
                    throw new ProblemException(JobProblems.restoring());
        }
    }
}
