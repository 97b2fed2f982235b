package io.kagu.contract;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A body on its way to who reads it. It is shown whole, or of a stream event by event. */
final class WatchedBody<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> reader;
    private final boolean stream;
    private final Consumer<Exchange.Body> judge;
    private byte[] pending = {};

    WatchedBody(BodySubscriber<T> reader, boolean stream, Consumer<Exchange.Body> judge) {
        this.reader = reader;
        this.stream = stream;
        this.judge = judge;
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        reader.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(pending);
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            all.writeBytes(bytes);
        }
        pending = all.toByteArray();
        if (stream) {
            judgeWholeEvents();
        }
        reader.onNext(buffers);
    }

    private void judgeWholeEvents() {
        int end = endOfEvents();
        if (end > 0) {
            judge.accept(new Exchange.Body(Arrays.copyOf(pending, end)));
            pending = Arrays.copyOfRange(pending, end, pending.length);
        }
    }

    private int endOfEvents() {
        for (int at = pending.length - 1; at > 0; at--) {
            if (pending[at] == '\n' && pending[at - 1] == '\n') {
                return at + 1;
            }
        }
        return 0;
    }

    @Override
    public void onError(Throwable failure) {
        reader.onError(failure);
    }

    /** Judged before the reader has it all, so that no caller sees an answer that is not judged. */
    @Override
    public void onComplete() {
        judge.accept(new Exchange.Body(pending));
        reader.onComplete();
    }
}
