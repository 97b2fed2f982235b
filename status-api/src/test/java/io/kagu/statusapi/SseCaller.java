package io.kagu.statusapi;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;
import io.kagu.contract.ContractClient;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** One who listens to server-sent events, as a browser would. */
final class SseCaller implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Void>> answer;

    private SseCaller(HttpClient http, HttpRequest.Builder request) {
        answer =
                http.sendAsync(
                        request.GET().build(),
                        HttpResponse.BodyHandlers.fromLineSubscriber(new Lines()));
    }

    static SseCaller of(HttpRequest.Builder request) {
        return new SseCaller(ContractClient.create(), request);
    }

    /** A client for many callers on few threads. */
    static HttpClient shared(Executor executor) {
        return ContractClient.of(HttpClient.newBuilder().executor(executor).build());
    }

    static SseCaller of(HttpClient http, HttpRequest.Builder request) {
        return new SseCaller(http, request);
    }

    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    /** The ids of events so far. */
    List<String> ids() {
        return starting("id: ");
    }

    /** The names of events so far. */
    List<String> names() {
        return starting("event: ");
    }

    /** The data of events of a name so far. */
    List<JsonNode> data(String name) {
        return lines.stream()
                .filter(line -> line.startsWith("data: "))
                .filter(line -> lines.get(lines.indexOf(line) - 1).equals("event: " + name))
                .map(line -> Json.tree(line.substring(6).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<String> starting(String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    /** Waits until the stream has ended, and tells its status. */
    int ended() {
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join().statusCode();
    }

    @Override
    public void close() {
        answer.cancel(true);
    }
}
