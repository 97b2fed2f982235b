package io.kagu.statusapi.peer;

import io.kagu.common.http.ReplicaAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks other replicas, a bounded number of questions at a time. Safe for many threads. */
public final class PeerClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final Semaphore places;

    /**
     * @param limit questions that may wait for answers at once; more are lost at once
     */
    public PeerClient(int limit) {
        this.places = new Semaphore(limit);
    }

    /** Asks one replica; completes with a reply whatever happens. */
    public CompletableFuture<PeerReply> ask(ReplicaAddress peer, PeerRequest question) {
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(new PeerReply.Lost("too many questions"));
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(question.to(peer), HttpResponse.BodyHandlers.ofByteArray());
        return sent.<PeerReply>thenApply(PeerReply.Answered::new)
                .orTimeout(question.patience().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((reply, failure) -> {
                    places.release();
                    sent.cancel(true);
                })
                .exceptionally(failure -> lost(peer, failure));
    }

    /**
     * Asks one replica for a stream; completes once it begins to answer, fails if it does not. The
     * answer's body goes on for as long as the subscription is not cancelled.
     */
    public CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> stream(
            ReplicaAddress peer, PeerRequest question) {
        return http.sendAsync(question.to(peer), HttpResponse.BodyHandlers.ofPublisher());
    }

    private static PeerReply lost(ReplicaAddress peer, Throwable failure) {
        LOG.atDebug()
                .addKeyValue("replica", peer.endpoint())
                .addKeyValue("fault", failure.toString())
                .log("replica did not answer");
        return new PeerReply.Lost("no answer of " + peer.endpoint());
    }

    /** Those who wait for an answer get none. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
