package io.kagu.dispatcher.sharing;

import java.util.Map;
import java.util.Set;

/**
 * A replica as the group knows it when tasks are shared out.
 *
 * @param threads that own tasks; load is tasks for each of them
 * @param owned tasks that it owns now
 * @param copied tasks whose store it has a copy of, whatever its age
 * @param behind rows that it would have to read before it could own a task, by task; a task that is
 *     absent would be read from the start
 */
record Replica(
        String id, int threads, Set<String> owned, Set<String> copied, Map<String, Long> behind) {

    Replica {
        owned = Set.copyOf(owned);
        copied = Set.copyOf(copied);
        behind = Map.copyOf(behind);
    }

    /** Rows to read before it could own the task; 0 for what it owns. */
    long behindOf(String task) {
        return owned.contains(task) ? 0 : behind.getOrDefault(task, Long.MAX_VALUE);
    }
}
