package io.kagu.dispatcher.sharing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Shares tasks out so that as few pools as possible stand still. A pool stands still while its task
 * moves, and longer the more the new owner has to read; so, in this order:
 *
 * <ol>
 *   <li>a task stays with the owner it has;
 *   <li>one without an owner goes to a replica that has read nearly all of it, of those to the
 *       least loaded; nobody else's task moves meanwhile;
 *   <li>once all tasks have owners, the most loaded gives tasks to the least loaded, as long as
 *       that evens the load out: at once where that one has read nearly all, else it reads beside
 *       the owner first;
 *   <li>copies stay where they are, as far as that is even.
 * </ol>
 */
final class TaskSharing {

    /**
     * What an operator sets.
     *
     * @param copies of each store, beside the owner's
     * @param nearlyRead rows that a new owner may have to read at most
     * @param warmUps replicas that may read for a later move at a time
     */
    record Rules(int copies, long nearlyRead, int warmUps) {}

    private final NavigableSet<String> tasks;
    private final NavigableSet<Replica> replicas = new TreeSet<>(Comparator.comparing(Replica::id));
    private final Rules rules;

    private final Map<String, Replica> owners = new TreeMap<>();

    /** Owners once replicas that read beside them have read enough. */
    private final Map<String, Replica> planned = new TreeMap<>();

    private final Map<String, Set<String>> copied = new TreeMap<>();
    private boolean unfinished;

    private TaskSharing(Set<String> tasks, Collection<Replica> replicas, Rules rules) {
        this.tasks = new TreeSet<>(tasks);
        this.replicas.addAll(replicas);
        this.rules = rules;
        this.replicas.forEach(replica -> copied.put(replica.id(), new TreeSet<>()));
    }

    /**
     * Shares tasks out.
     *
     * @param replicas at least one
     */
    static Shares share(Set<String> tasks, Collection<Replica> replicas, Rules rules) {
        TaskSharing sharing = new TaskSharing(tasks, replicas, rules);
        sharing.keep();
        List<String> ownerless = sharing.ownerless();
        ownerless.forEach(sharing::adopt);
        sharing.planned.putAll(sharing.owners);
        if (ownerless.isEmpty()) {
            sharing.even();
        } else {
            sharing.unfinished = sharing.nextMove().isPresent();
        }
        sharing.tasks.forEach(sharing::copy);
        return sharing.result();
    }

    private void keep() {
        for (Replica replica : replicas) {
            replica.owned().stream()
                    .filter(tasks::contains)
                    .forEach(task -> owners.putIfAbsent(task, replica));
        }
    }

    /** Those that fewest could take come first, so that others do not fill these up. */
    private List<String> ownerless() {
        return tasks.stream()
                .filter(task -> !owners.containsKey(task))
                .sorted(Comparator.comparingLong(this::takers))
                .toList();
    }

    private long takers(String task) {
        return replicas.stream().filter(replica -> isReady(replica, task)).count();
    }

    private boolean isReady(Replica replica, String task) {
        return replica.behindOf(task) <= rules.nearlyRead();
    }

    private void adopt(String task) {
        Comparator<Replica> soonest =
                Comparator.comparingLong(
                        replica -> isReady(replica, task) ? 0 : replica.behindOf(task));
        Replica owner =
                replicas.stream()
                        .min(soonest.thenComparingDouble(replica -> load(owners, replica, 0)))
                        .orElseThrow();
        owners.put(task, owner);
    }

    private static double load(Map<String, Replica> shared, Replica replica, int more) {
        long tasks = shared.values().stream().filter(replica::equals).count();
        return (double) (tasks + more) / replica.threads();
    }

    private void even() {
        int warmUps = rules.warmUps();
        for (Optional<Move> next = nextMove(); next.isPresent(); next = nextMove()) {
            Move move = next.get();
            planned.put(move.task(), move.to());
            if (isReady(move.to(), move.task())) {
                owners.put(move.task(), move.to());
            } else {
                unfinished = true;
                if (warmUps > 0) {
                    copiesOf(move.to()).add(move.task());
                    warmUps--;
                }
            }
        }
    }

    private record Move(String task, Replica to) {}

    /** From the most to the least loaded, if that one is still the less loaded with it. */
    private Optional<Move> nextMove() {
        Comparator<Replica> byLoad =
                Comparator.comparingDouble(replica -> load(planned, replica, 0));
        Replica from = replicas.stream().max(byLoad).orElseThrow();
        Replica to = replicas.stream().min(byLoad).orElseThrow();
        if (load(planned, to, 1) >= load(planned, from, 0)) {
            return Optional.empty();
        }
        return tasks.stream()
                .filter(task -> from.equals(planned.get(task)))
                .min(Comparator.comparingLong(to::behindOf))
                .map(task -> new Move(task, to));
    }

    private void copy(String task) {
        int most = (tasks.size() * rules.copies() + replicas.size() - 1) / replicas.size();
        Comparator<Replica> even =
                Comparator.comparing(replica -> copiesOf(replica).size() >= most);
        replicas.stream()
                .filter(replica -> !replica.equals(owners.get(task)))
                .filter(replica -> !copiesOf(replica).contains(task))
                .sorted(
                        even.thenComparing(replica -> !has(replica, task))
                                .thenComparingInt(replica -> copiesOf(replica).size())
                                .thenComparing(replica -> isBefore(replica, task)))
                .limit(rules.copies())
                .forEach(replica -> copiesOf(replica).add(task));
    }

    /** In turns after the owner, so that equals do not all choose the same one. */
    private boolean isBefore(Replica replica, String task) {
        Replica owner = owners.get(task);
        return owner != null && replica.id().compareTo(owner.id()) < 0;
    }

    private static boolean has(Replica replica, String task) {
        return replica.owned().contains(task) || replica.copied().contains(task);
    }

    private Set<String> copiesOf(Replica replica) {
        return copied.computeIfAbsent(replica.id(), _ -> new TreeSet<>());
    }

    private Shares result() {
        Map<String, Set<String>> owned = new TreeMap<>();
        replicas.forEach(replica -> owned.put(replica.id(), new TreeSet<>()));
        owners.forEach(
                (task, owner) -> owned.computeIfAbsent(owner.id(), _ -> new TreeSet<>()).add(task));
        return new Shares(owned, copied, unfinished);
    }
}
