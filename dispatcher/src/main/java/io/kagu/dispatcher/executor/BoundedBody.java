package io.kagu.dispatcher.executor;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads a response up to a limit; a larger one is left unread, which closes its connection. The
 * HTTP client calls it from one thread at a time.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<ResponseBody> {

    /** Of an error response only the message is wanted. */
    static final int ERROR_LIMIT = 64 * 1024;

    private static final int FIRST_CHUNK = 8 * 1024;

    private final int limit;
    private final CompletableFuture<ResponseBody> body = new CompletableFuture<>();
    private byte[] bytes;
    private int size;
    private Flow.Subscription subscription = NOT_YET;

    private BoundedBody(int limit, long announced) {
        this.limit = limit;
        this.bytes = new byte[(int) Math.clamp(announced, 0L, Math.min(limit, FIRST_CHUNK))];
    }

    /** Takes successful responses up to a limit, and the beginning of all others. */
    static HttpResponse.BodyHandler<ResponseBody> handler(int maxResponseBytes) {
        return response ->
                new BoundedBody(
                        OutcomeClassifier.success(response.statusCode())
                                ? maxResponseBytes
                                : Math.min(ERROR_LIMIT, maxResponseBytes),
                        response.headers().firstValueAsLong("Content-Length").orElse(FIRST_CHUNK));
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
        for (ByteBuffer chunk : chunks) {
            take(chunk);
        }
    }

    private void take(ByteBuffer chunk) {
        int room = limit - size;
        boolean fits = chunk.remaining() <= room;
        int count = fits ? chunk.remaining() : room;
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(size + count));
        }
        chunk.get(bytes, size, count);
        size += count;
        if (!fits) {
            subscription.cancel();
            finish(false);
        }
    }

    private int grown(int needed) {
        return (int) Math.min(limit, Math.max(needed, 2L * bytes.length));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        finish(true);
    }

    private void finish(boolean whole) {
        byte[] exact = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        body.complete(new ResponseBody(exact, whole));
    }

    private static final Flow.Subscription NOT_YET =
            new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            };
}
