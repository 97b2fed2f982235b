package io.kagu.dispatcher.sharing;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which replica has which task, and the load of each: the weight of its tasks for each of its
 * threads.
 */
final class Loads {

    /** Weights by task. */
    private final Map<String, Integer> tasks;

    private final Map<String, Replica> owners = new TreeMap<>();
    private final Map<String, Long> weights = new TreeMap<>();

    Loads(Map<String, Integer> tasks) {
        this.tasks = tasks;
    }

    Loads(Loads other) {
        this(other.tasks);
        owners.putAll(other.owners);
        weights.putAll(other.weights);
    }

    /** Gives a task to a replica, away from the one that has it. */
    void give(String task, Replica to) {
        Replica from = owners.put(task, to);
        if (from != null) {
            weights.merge(from.id(), (long) -weight(task), Long::sum);
        }
        weights.merge(to.id(), (long) weight(task), Long::sum);
    }

    boolean given(String task) {
        return owners.containsKey(task);
    }

    boolean has(Replica replica, String task) {
        return replica.equals(owners.get(task));
    }

    /** Replicas by task. */
    Map<String, Replica> owners() {
        return owners;
    }

    int weight(String task) {
        return tasks.getOrDefault(task, 0);
    }

    double of(Replica replica) {
        return load(replica, 0);
    }

    double with(Replica replica, String task) {
        return load(replica, weight(task));
    }

    double without(Replica replica, String task) {
        return load(replica, -weight(task));
    }

    /**
     * Divided once, so that equal loads are equal numbers: a move that looks better by rounding
     * alone would be made back and forth without end.
     */
    private double load(Replica replica, int more) {
        return (double) (weights.getOrDefault(replica.id(), 0L) + more) / replica.threads();
    }
}
