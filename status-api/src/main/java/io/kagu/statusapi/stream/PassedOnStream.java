package io.kagu.statusapi.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Passes another replica's stream on to a caller, as it comes, and ends with either. */
public final class PassedOnStream implements Flow.Subscriber<List<ByteBuffer>> {

    private final EventStream stream;

    public PassedOnStream(EventStream stream) {
        this.stream = stream;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        CompletableFuture<Void> _ = stream.ended().whenComplete((_, _) -> subscription.cancel());
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            stream.offer(Frames.ofBytes(bytes));
        }
    }

    @Override
    public void onError(Throwable failure) {
        stream.end();
    }

    @Override
    public void onComplete() {
        stream.end();
    }

    /** Takes nothing of a stream that nobody wants. */
    public static final class Refused implements Flow.Subscriber<List<ByteBuffer>> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
