package io.kagu.bench.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks services that may be gone; no answer is an answer, too. */
public final class Http {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .build();

    private Http() {}

    /** A request that gives up in time. */
    public static HttpRequest.Builder to(URI address) {
        return HttpRequest.newBuilder(address).timeout(LIMIT);
    }

    /** What is there; empty if nobody answers. */
    public static Optional<HttpResponse<String>> get(URI address) throws InterruptedException {
        return send(to(address).GET().build());
    }

    /** The answer; empty if there is none. */
    public static Optional<HttpResponse<String>> send(HttpRequest request)
            throws InterruptedException {
        try {
            return Optional.of(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
