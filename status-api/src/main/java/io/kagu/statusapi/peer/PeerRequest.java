package io.kagu.statusapi.peer;

import io.kagu.statusapi.core.ReplicaAddress;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A question for another replica.
 *
 * @param target path and query, as they stand in a URL
 * @param headers what the other must know of the caller's; nothing else is passed on
 * @param patience how long the answer is waited for
 * @param json the body, if there is one
 */
public record PeerRequest(
        String method,
        String target,
        Map<String, String> headers,
        Duration patience,
        Optional<String> json) {

    /** Says that a replica asks: the one that is asked asks nobody else. */
    public static final String FORWARDED = "X-Kagu-Forwarded";

    public PeerRequest {
        headers = Map.copyOf(headers);
    }

    /** A question without a body. */
    public PeerRequest(
            String method, String target, Map<String, String> headers, Duration patience) {
        this(method, target, headers, patience, Optional.empty());
    }

    /** A question that is asked with JSON, without headers of the caller. */
    public static PeerRequest post(String target, String json, Duration patience) {
        return new PeerRequest("POST", target, Map.of(), patience, Optional.of(json));
    }

    /** A question without headers of the caller. */
    public static PeerRequest get(String target, Duration patience) {
        return new PeerRequest("GET", target, Map.of(), patience);
    }

    HttpRequest to(ReplicaAddress peer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(peer.resolve(target))
                        .timeout(patience)
                        .method(
                                method,
                                json.map(HttpRequest.BodyPublishers::ofString)
                                        .orElseGet(HttpRequest.BodyPublishers::noBody));
        headers.forEach(request::header);
        return request.header(FORWARDED, "1").build();
    }
}
