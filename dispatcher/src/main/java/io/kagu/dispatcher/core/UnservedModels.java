package io.kagu.dispatcher.core;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Since when jobs wait for models that no GPU of the pool serves. */
final class UnservedModels {

    private final long patience;
    private final Map<String, Long> since = new TreeMap<>();

    /**
     * @param patience milliseconds before such jobs are given up
     */
    UnservedModels(long patience) {
        this.patience = patience;
    }

    long patience() {
        return patience;
    }

    /** A job begins to wait for a model. */
    void waits(String model, boolean served, long now) {
        if (served) {
            since.remove(model);
        } else {
            since.putIfAbsent(model, now);
        }
    }

    /** The pool's GPUs changed. */
    void update(Collection<String> waitedFor, Predicate<String> served, long now) {
        since.keySet().retainAll(waitedFor);
        waitedFor.forEach(model -> waits(model, served.test(model), now));
    }

    /** Models whose jobs waited in vain for too long. */
    List<String> overdue(long now) {
        return unservedFor(patience, now);
    }

    /** Models whose jobs have waited in vain for at least so many milliseconds. */
    List<String> unservedFor(long millis, long now) {
        return since.entrySet().stream()
                .filter(entry -> now - entry.getValue() >= millis)
                .map(Map.Entry::getKey)
                .toList();
    }
}
