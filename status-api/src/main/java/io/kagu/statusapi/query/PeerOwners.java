package io.kagu.statusapi.query;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.PlacesRequest;
import io.kagu.common.job.PlacesTold;
import io.kagu.statusapi.peer.PeerClient;
import io.kagu.statusapi.peer.PeerReply;
import io.kagu.statusapi.peer.PeerRequest;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks owners over HTTP. */
public record PeerOwners(PeerClient peers) implements OwnerClient {

    /** An owner answers within a tick of some milliseconds; who does not is busy or gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int OK = 200;
    private static final int NOT_OWNER = 421;
    private static final int UNAVAILABLE = 503;

    @Override
    public CompletableFuture<OwnerReply> ask(
            ReplicaAddress owner, String pool, List<String> jobIds) {
        PeerRequest question =
                PeerRequest.post(target(pool), Json.write(new PlacesRequest(jobIds)), PATIENCE);
        return peers.ask(owner, question).thenApply(PeerOwners::reply);
    }

    private static String target(String pool) {
        // In a path a space is no plus.
        String name = URLEncoder.encode(pool, StandardCharsets.UTF_8).replace("+", "%20");
        return PlacesRequest.PATH.replace("{pool}", name);
    }

    private static OwnerReply reply(PeerReply reply) {
        return switch (reply) {
            case PeerReply.Answered(var response) -> read(response);
            case PeerReply.Lost _ -> new OwnerReply.Lost();
        };
    }

    private static OwnerReply read(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case OK -> places(response.body());
            case NOT_OWNER -> new OwnerReply.NotOwner();
            case UNAVAILABLE -> new OwnerReply.Busy();
            default -> new OwnerReply.Lost();
        };
    }

    private static OwnerReply places(byte[] body) {
        try {
            return new OwnerReply.Told(Json.read(body, PlacesTold.class).places());
        } catch (BadJsonException _) {
            return new OwnerReply.Lost();
        }
    }
}
