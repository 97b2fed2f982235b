package io.kagu.ingest.scrape;

import io.kagu.common.gpu.Sidecar;
import io.kagu.ingest.core.gpu.Reading;
import io.kagu.ingest.core.gpu.SidecarFormat;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks sidecars over HTTP/1.1 with kept connections; follows no redirect. */
final class SidecarClient implements AutoCloseable {

    /** Many times what vLLM with all its histograms says. */
    private static final int MAX_BODY = 1 << 20;

    private static final int OK = 200;

    private final Duration timeout;
    private final HttpClient http;

    SidecarClient(Duration timeout) {
        this.timeout = timeout;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /**
     * Asks once and waits for the whole answer, within the time limit.
     *
     * @throws InterruptedException if the caller is not interested any more; the exchange is ended
     */
    Reading read(Sidecar sidecar) throws InterruptedException {
        Optional<HttpRequest> request = sidecar.url().flatMap(url -> request(sidecar.kind(), url));
        return request.isPresent()
                ? exchange(request.get(), sidecar.kind())
                : new Reading.Missed("its sidecar has no http URL");
    }

    private static Optional<HttpRequest> request(Sidecar.Kind kind, URI url) {
        String accept = kind == Sidecar.Kind.JSON ? "application/json" : "text/plain;version=0.0.4";
        try {
            return Optional.of(HttpRequest.newBuilder(url).header("Accept", accept).build());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** A request's own time limit ends with the headers; this one also bounds a body that drips. */
    private Reading exchange(HttpRequest request, Sidecar.Kind kind) throws InterruptedException {
        CompletableFuture<HttpResponse<Optional<byte[]>>> exchange =
                http.sendAsync(request, _ -> new SidecarBody(MAX_BODY));
        try {
            return reading(exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS), kind);
        } catch (TimeoutException e) {
            return new Reading.Missed("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Reading.Missed(reason(e));
        } finally {
            exchange.cancel(true);
        }
    }

    private static Reading reading(HttpResponse<Optional<byte[]>> response, Sidecar.Kind kind) {
        if (response.statusCode() != OK) {
            return new Reading.Missed("it answered " + response.statusCode());
        }
        return response.body()
                .map(body -> SidecarFormat.read(kind, body))
                .orElseGet(() -> new Reading.Garbage("longer than " + MAX_BODY + " bytes"));
    }

    private static String reason(ExecutionException e) {
        return switch (e.getCause()) {
            case ConnectException _ -> "no connection";
            case null -> "no answer";
            case Throwable cause -> "no answer: " + cause.getClass().getSimpleName();
        };
    }

    /** Closes every connection. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
