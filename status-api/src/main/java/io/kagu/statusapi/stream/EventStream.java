package io.kagu.statusapi.stream;

import io.kagu.statusapi.stream.Frames.Frame;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One caller's stream. Whoever has something to tell writes it, as far as the connection takes it;
 * the rest waits in a bounded buffer for the connection to ask for more. A caller that is too slow
 * for the buffer is told to resume, and cut. Safe for many threads; no call blocks.
 */
public final class EventStream implements WriteListener {

    /** What may wait for one caller. */
    static final int MAX_WAITING_BYTES = 256 * 1024;

    private static final Frame CUT =
            Frames.event("cut", Optional.empty(), Map.of("reason", "too_slow", "resume", true));

    private final ServletOutputStream out;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean unflushed;
    private boolean ending;

    /**
     * @param out of a request that is answered asynchronously
     */
    public EventStream(ServletOutputStream out) {
        this.out = out;
    }

    /** Takes the connection over. */
    public void begin() {
        out.setWriteListener(this);
    }

    /** Completes when the stream is over: ended, cut, or the caller is gone. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Tells the caller something; nothing once the stream is ending. */
    public synchronized void offer(Frame frame) {
        if (ending) {
            return;
        }
        if (waitingBytes + frame.length() > MAX_WAITING_BYTES && !waiting.isEmpty()) {
            waiting.clear();
            waitingBytes = 0;
            ending = true;
            if (frame.whole()) {
                add(CUT);
            }
        } else {
            add(frame);
        }
        write();
    }

    private void add(Frame frame) {
        waiting.add(frame);
        waitingBytes += frame.length();
    }

    /** Ends the stream after what was told so far. */
    public synchronized void end() {
        ending = true;
        write();
    }

    @Override
    public synchronized void onWritePossible() {
        write();
    }

    private void write() {
        try {
            while (!ended.isDone() && out.isReady()) {
                Frame next = waiting.poll();
                if (next != null) {
                    waitingBytes -= next.length();
                    unflushed = true;
                    out.write(next.bytes());
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    break;
                }
            }
            if (ending && waiting.isEmpty() && !ended.isDone() && out.isReady()) {
                ended.complete(null);
            }
        } catch (IOException | IllegalStateException e) {
            onError(e);
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        ending = true;
        waiting.clear();
        waitingBytes = 0;
        ended.complete(null);
    }
}
