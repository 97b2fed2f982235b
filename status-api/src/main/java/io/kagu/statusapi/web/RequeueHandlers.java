package io.kagu.statusapi.web;

import com.fasterxml.jackson.databind.JsonNode;

import io.javalin.http.Context;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.RequeueProgress;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.fold.Owner;
import io.kagu.statusapi.peer.PeerAnswers;
import io.kagu.statusapi.peer.PeerReply;
import io.kagu.statusapi.peer.PeerRequest;
import io.kagu.statusapi.query.DeadLetters;
import io.kagu.statusapi.query.RequeueRuns;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requeues many dead letters: starts a run, tells how far it is, stops it. A run means the letters
 * of all replicas and is led by one, whichever is asked.
 */
final class RequeueHandlers {

    static final String PATH = "/v1/dlq:requeue";

    private static final int SAMPLES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The leader gathers all letters before it answers. */
    private static final Duration START = Duration.ofSeconds(35);

    private final GatheredRequeues letters;
    private final RequeueRuns runs;
    private final Replicas replicas;

    RequeueHandlers(GatheredRequeues letters, RequeueRuns runs, Replicas replicas) {
        this.letters = letters;
        this.runs = runs;
        this.replicas = replicas;
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

    /** Two that start at once are told apart by the one that leads both. */
    private void begin(Context ctx, RequeueRequest request) {
        switch (replicas.leader()) {
            case Owner.Here() -> lead(ctx, request);
            case Owner.There(var leader) when !JobHop.isForwarded(ctx) ->
                    passOn(ctx, leader, request);
            case Owner.There _, Owner.Unknown _ -> throw DeadLetterProblems.restoring();
        }
    }

    private void lead(Context ctx, RequeueRequest request) {
        // One that began before this replica led may still be under way elsewhere.
        Optional<JsonNode> running = told("GET").stream().filter(run -> !isOver(run)).findFirst();
        if (running.isPresent()) {
            throw DeadLetterProblems.busy(running.get());
        }
        switch (runs.start(request)) {
            case RequeueRuns.Start.Started(var progress) -> HttpServer.json(ctx, 202, progress);
            case RequeueRuns.Start.Busy(var progress) -> throw DeadLetterProblems.busy(progress);
        }
    }

    private void passOn(Context ctx, ReplicaAddress leader, RequeueRequest request) {
        PeerRequest question = PeerRequest.post(PATH, Json.write(request), START);
        if (replicas.peers().ask(leader, question).join()
                instanceof PeerReply.Answered(var response)) {
            ForwardedHeaders.answer(ctx, response);
        } else {
            throw new ProblemException(JobProblems.unreachable());
        }
    }

    /** Answers another replica with the letters of this one alone. */
    void select(Context ctx) {
        try {
            RequeueRequest request = RequeueRequest.read(ctx.bodyAsBytes());
            HttpServer.json(ctx, 200, letters.part(request));
        } catch (FieldException e) {
            throw DeadLetterProblems.field(e);
        } catch (InvalidStateStoreException e) {
            throw DeadLetterProblems.restoring();
        }
    }

    void progress(Context ctx) {
        answerNewest(ctx, "GET", runs.progress());
    }

    /** Of a run that is over already it says so. */
    void stop(Context ctx) {
        answerNewest(ctx, "DELETE", runs.stop());
    }

    private void answerNewest(Context ctx, String method, Optional<RequeueProgress> own) {
        List<JsonNode> known = new ArrayList<>();
        own.map(Json::write).map(Json::tree).ifPresent(known::add);
        if (!JobHop.isForwarded(ctx)) {
            known.addAll(told(method));
        }
        HttpServer.json(
                ctx,
                200,
                known.stream()
                        .max(Comparator.comparing(RequeueHandlers::startedAt))
                        .orElseThrow(DeadLetterProblems::noRun));
    }

    /** What the other replicas say of their last runs. */
    private List<JsonNode> told(String method) {
        Set<ReplicaAddress> others = replicas.others();
        PeerRequest question = new PeerRequest(method, PATH, Map.of(), PATIENCE);
        return PeerAnswers.ask(replicas.peers(), others, question).await(JsonNode.class);
    }

    private static Instant startedAt(JsonNode run) {
        return Instant.parse(run.path("started_at").asText());
    }

    private static boolean isOver(JsonNode run) {
        return run.hasNonNull("ended_at");
    }
}
