package io.kagu.statusapi.peer;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.http.ReplicaAddress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks several replicas the same at once; who does not answer in time is left out. */
public final class PeerAnswers {

    private static final int OK = 200;

    private final List<CompletableFuture<PeerReply>> asked = new ArrayList<>();

    private PeerAnswers() {}

    /** Asks, and does not wait. */
    public static PeerAnswers ask(
            PeerClient client, Set<ReplicaAddress> peers, PeerRequest question) {
        PeerAnswers answers = new PeerAnswers();
        peers.forEach(peer -> answers.asked.add(client.ask(peer, question)));
        return answers;
    }

    /** Waits for all, and reads those that are answers. */
    public <T> List<T> await(Class<T> type) {
        return asked.stream()
                .map(CompletableFuture::join)
                .map(reply -> read(reply, type))
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> Optional<T> read(PeerReply reply, Class<T> type) {
        try {
            return reply instanceof PeerReply.Answered(var response) && response.statusCode() == OK
                    ? Optional.of(Json.read(response.body(), type))
                    : Optional.empty();
        } catch (BadJsonException _) {
            return Optional.empty();
        }
    }
}
