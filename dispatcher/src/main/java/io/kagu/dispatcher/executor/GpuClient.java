package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls GPU servers over HTTP/1.1 with kept connections; follows no redirect and repeats nothing,
 * since a server may have begun to work on what seems lost.
 */
final class GpuClient implements AutoCloseable {

    private final HttpClient http;
    private final HttpResponse.BodyHandler<ResponseBody> bodies;
    private final GpuRequests requests;
    private final OutcomeClassifier classifier;
    private final InstantSource clock;

    GpuClient(ExecutorConfig config, Credentials credentials, InstantSource clock) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(config.connectTimeout())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        this.bodies = BoundedBody.handler(config.maxResponseBytes());
        this.requests = new GpuRequests(credentials);
        this.classifier = new OutcomeClassifier(config);
        this.clock = clock;
    }

    /**
     * Makes a call and waits for its end: a response, a failure, the GPU's time limit, or a stop
     * through the open call. The time limit counts from here to the last byte of the response.
     */
    Answer call(Call call, OpenCall open) {
        return switch (requests.prepare(call)) {
            case GpuRequests.Prepared.Refused(Outcome outcome) -> Answer.without(outcome);
            case GpuRequests.Prepared.Ready(HttpRequest request) ->
                    exchange(request, call.gpu().callTimeoutSeconds(), open);
        };
    }

    private Answer exchange(HttpRequest request, int limitSeconds, OpenCall open) {
        CompletableFuture<HttpResponse<ResponseBody>> exchange = http.sendAsync(request, bodies);
        open.exchanging(exchange);
        try {
            return answer(exchange.get(limitSeconds, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return fault("timed out after " + limitSeconds + " s");
        } catch (CancellationException | ExecutionException e) {
            return open.stopped()
                    .map(Answer::without)
                    .orElseGet(() -> fault(CallFailures.reason(e)));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.without(new Outcome.Lost("interrupted"));
        } finally {
            open.exchanged();
        }
    }

    private Answer answer(HttpResponse<ResponseBody> response) {
        Outcome outcome =
                classifier.classify(
                        response.statusCode(), response.headers(), response.body(), clock.millis());
        return Answer.of(outcome, response.body());
    }

    private static Answer fault(String reason) {
        return Answer.without(new Outcome.Fault(reason));
    }

    /** Closes every connection. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
