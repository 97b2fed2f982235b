package io.kagu.contract;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An HTTP client for tests that judges every answer it gets. A call whose answer breaks the
 * contract fails with {@link BrokenContract}; of a stream that goes on, the test fails at its end.
 */
public final class ContractClient extends HttpClient {

    private final HttpClient inner;
    private final Contract contract;

    private ContractClient(HttpClient inner, Contract contract) {
        this.inner = inner;
        this.contract = contract;
    }

    /** A client with the platform's defaults for what the services serve. */
    public static HttpClient create() {
        return of(HttpClient.newHttpClient());
    }

    /** A client that calls through another one. */
    public static HttpClient of(HttpClient inner) {
        return new ContractClient(inner, Contract.SERVED);
    }

    static HttpClient of(HttpClient inner, Contract contract) {
        return new ContractClient(inner, contract);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        JudgingHandler<T> judging = new JudgingHandler<>(request, handler, contract);
        HttpResponse<T> response = inner.send(request, judging);
        judging.requireUnbroken();
        return response;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler) {
        JudgingHandler<T> judging = new JudgingHandler<>(request, handler, contract);
        CompletableFuture<HttpResponse<T>> sent = inner.sendAsync(request, judging);
        return cancelling(
                sent,
                sent.thenApply(response -> {
                    judging.requireUnbroken();
                    return response;
                }));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
        return sendAsync(request, handler);
    }

    /** Who cancels what it was given means the call. */
    private static <T> CompletableFuture<T> cancelling(
            CompletableFuture<T> call, CompletableFuture<T> given) {
        CompletableFuture<T> _ =
                given.whenComplete((_, _) -> {
                    if (given.isCancelled()) {
                        call.cancel(true);
                    }
                });
        return given;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return inner.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return inner.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return inner.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return inner.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return inner.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return inner.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return inner.authenticator();
    }

    @Override
    public Version version() {
        return inner.version();
    }

    @Override
    public Optional<Executor> executor() {
        return inner.executor();
    }

    @Override
    public void shutdown() {
        inner.shutdown();
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return inner.awaitTermination(duration);
    }

    @Override
    public boolean isTerminated() {
        return inner.isTerminated();
    }

    @Override
    public void shutdownNow() {
        inner.shutdownNow();
    }

    @Override
    public void close() {
        inner.close();
    }
}
