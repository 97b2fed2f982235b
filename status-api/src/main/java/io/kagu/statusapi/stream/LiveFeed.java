package io.kagu.statusapi.stream;

import io.kagu.statusapi.query.JobTail;
import io.kagu.statusapi.stream.Frames.Frame;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One stream of everything for all who watch: each is told the whole once, then what changes. What
 * changes is read and written as bytes once, however many watch, and not at all while nobody does.
 */
public final class LiveFeed {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int TICK_MILLIS = 500;
    private static final int START_SECONDS = 10;

    private final Sources sources;
    private final JobTail tail;
    private final Executor executor;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> told = new TreeMap<>();

    /**
     * What is told.
     *
     * @param snapshot the whole
     * @param parts by the name of their events, what is told anew whenever it changes
     */
    public record Sources(Supplier<Object> snapshot, Map<String, Part> parts) {

        public Sources {
            parts = Map.copyOf(parts);
        }
    }

    /**
     * Something that is told anew whenever it changes.
     *
     * @param state what is compared
     * @param answer what is told
     */
    public record Part(Supplier<Object> state, Supplier<Object> answer) {}

    public LiveFeed(EventStreams streams, Sources sources, JobTail tail, Executor executor) {
        this.sources = sources;
        this.tail = tail;
        this.executor = executor;
        var _ = streams.every(TICK_MILLIS, this::tick);
    }

    /** One who watches; what changes before the whole was told is kept until then. */
    private static final class Watcher {

        private final EventStream stream;
        private final List<Frame> early = new ArrayList<>();
        private boolean begun;

        Watcher(EventStream stream) {
            this.stream = stream;
        }

        synchronized void begin(Frame snapshot) {
            stream.offer(snapshot);
            early.forEach(stream::offer);
            early.clear();
            begun = true;
        }

        synchronized void tell(Frame frame) {
            if (begun) {
                stream.offer(frame);
            } else {
                early.add(frame);
            }
        }
    }

    /** Tells a caller everything from now on. */
    public void tell(EventStream stream) {
        Watcher watcher = new Watcher(stream);
        watchers.add(watcher);
        CompletableFuture<Void> _ = stream.ended().whenComplete((_, _) -> watchers.remove(watcher));
        CompletableFuture<Void> _ =
                tail.start()
                        .copy()
                        .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                        .thenRunAsync(
                                () ->
                                        watcher.begin(
                                                Frames.event(
                                                        "snapshot",
                                                        Optional.empty(),
                                                        sources.snapshot().get())),
                                executor)
                        .exceptionally(failure -> {
                            LOG.atWarn().setCause(failure).log("a live stream could not begin");
                            stream.end();
                            return null;
                        });
    }

    /** How many watch. */
    public int count() {
        return watchers.size();
    }

    private void tick() {
        try {
            if (watchers.isEmpty()) {
                tail.stop();
                told.clear();
            } else {
                tellChanges();
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("what changed could not be told");
        }
    }

    private void tellChanges() {
        JobTail.Changes changes = tail.take();
        if (!changes.isEmpty()) {
            tellAll(Frames.event("jobs", Optional.empty(), changes));
        }
        sources.parts()
                .forEach((name, source) -> {
                    Object now = source.state().get();
                    if (!now.equals(told.put(name, now))) {
                        tellAll(Frames.event(name, Optional.empty(), source.answer().get()));
                    }
                });
    }

    private void tellAll(Frame frame) {
        watchers.forEach(watcher -> watcher.tell(frame));
    }
}
