package io.kagu.statusapi.peer;

import io.kagu.common.http.ReplicaAddress;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A question for another replica.
 *
 * @param target path and query, as they stand in a URL
 * @param body JSON, or nothing
 * @param headers what the other must know of the caller's; nothing else is passed on
 * @param patience how long the answer is waited for
 */
public record PeerRequest(
        String method, String target, String body, Map<String, String> headers, Duration patience) {

    /** Says that a replica asks: the one that is asked asks nobody else. */
    public static final String FORWARDED = "X-Kagu-Forwarded";

    public PeerRequest {
        headers = Map.copyOf(headers);
    }

    /** A question without a body. */
    public PeerRequest(
            String method, String target, Map<String, String> headers, Duration patience) {
        this(method, target, "", headers, patience);
    }

    /** A question without headers of the caller. */
    public static PeerRequest get(String target, Duration patience) {
        return new PeerRequest("GET", target, Map.of(), patience);
    }

    /**
     * A question in JSON.
     *
     * @param json its body in UTF-8
     */
    public static PeerRequest post(String target, byte[] json, Duration patience) {
        return new PeerRequest(
                "POST",
                target,
                new String(json, StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"),
                patience);
    }

    HttpRequest to(ReplicaAddress peer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(peer.resolve(target))
                        .timeout(patience)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.header(FORWARDED, "1").build();
    }
}
