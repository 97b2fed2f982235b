package io.kagu.statusapi.stream;

import io.javalin.http.Context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** All open streams: bounded in number, kept alive by one thread. */
public final class EventStreams implements AutoCloseable {

    private static final int HEARTBEAT_SECONDS = 10;

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places = new AtomicInteger();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("event-streams").factory());
    private final int limit;

    private volatile boolean closed;

    /**
     * @param limit streams that may be open at once
     */
    public EventStreams(int limit) {
        this.limit = limit;
        ScheduledFuture<?> _ =
                clock.scheduleAtFixedRate(
                        () -> open.forEach(stream -> stream.offer(Frames.HEARTBEAT)),
                        HEARTBEAT_SECONDS,
                        HEARTBEAT_SECONDS,
                        TimeUnit.SECONDS);
    }

    /**
     * Answers a request with a stream, if there is a place for one more.
     *
     * @param begin what is told over it, from its beginning
     * @return false if there is none, and the request is still to be answered
     */
    public boolean open(Context ctx, Consumer<EventStream> begin) {
        if (places.incrementAndGet() > limit || closed) {
            places.decrementAndGet();
            return false;
        }
        ctx.res().setStatus(200);
        ctx.res().setContentType("text/event-stream;charset=utf-8");
        ctx.res().setHeader("Cache-Control", "no-store");
        // Proxies such as nginx must not hold events back.
        ctx.res().setHeader("X-Accel-Buffering", "no");
        ctx.future(() -> begun(ctx, begin));
        return true;
    }

    private CompletableFuture<Void> begun(Context ctx, Consumer<EventStream> begin) {
        EventStream stream = stream(ctx);
        open.add(stream);
        CompletableFuture<Void> ended =
                stream.ended()
                        .whenComplete((_, _) -> {
                            open.remove(stream);
                            places.decrementAndGet();
                        });
        stream.begin();
        begin.accept(stream);
        if (closed) {
            stream.end();
        }
        return ended;
    }

    private static EventStream stream(Context ctx) {
        try {
            return new EventStream(ctx.res().getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many are open. */
    public int count() {
        return open.size();
    }

    /** Runs something now and then, on the one thread of all streams: it must be quick. */
    ScheduledFuture<?> every(long millis, Runnable task) {
        return clock.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Ends all streams; callers resume elsewhere. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::end);
        clock.shutdownNow();
    }
}
