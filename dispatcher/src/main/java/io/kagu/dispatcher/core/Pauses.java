package io.kagu.dispatcher.core;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of a pool is paused, and until when. */
final class Pauses {

    private final Map<String, Pause> byScope = new TreeMap<>();

    void add(Pause pause) {
        byScope.put(pause.scope().key(), pause);
    }

    void remove(PauseScope scope) {
        byScope.remove(scope.key());
    }

    boolean paused(PauseScope scope) {
        return byScope.containsKey(scope.key());
    }

    /** Whether a job must wait for a pause to end. */
    boolean hold(Ticket ticket, long now) {
        return !byScope.isEmpty() && of(ticket, now).isPresent();
    }

    /** The pause that a job waits for: of several the one that lasts longest. */
    Optional<Pause> of(Ticket ticket, long now) {
        Instant time = Instant.ofEpochMilli(now);
        return byScope.values().stream()
                .filter(pause -> pause.holds(time))
                .filter(pause -> pause.scope().covers(ticket.lane(), ticket.model()))
                .max((a, b) -> end(a).compareTo(end(b)));
    }

    private static Instant end(Pause pause) {
        return pause.until().orElse(Instant.MAX);
    }

    /** Those that are over. */
    List<PauseScope> over(long now) {
        Instant time = Instant.ofEpochMilli(now);
        return byScope.values().stream()
                .filter(pause -> !pause.holds(time))
                .map(Pause::scope)
                .toList();
    }

    Collection<Pause> all() {
        return List.copyOf(byScope.values());
    }
}
