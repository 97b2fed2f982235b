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
import java.util.stream.Stream;

/**
 * Shares tasks out so that as few pools as possible stand still. A pool stands still while its task
 * moves, and longer the more the new owner has to read; so, in this order:
 *
 * <ol>
 *   <li>a task stays with the owner it has;
 *   <li>one without an owner goes to a replica that has read nearly all of it, of those to the
 *       least loaded; nobody else's task moves meanwhile;
 *   <li>once all tasks have owners, the most loaded that can gives a task to the least loaded that
 *       can take one, as long as that evens the load out: at once where that one has read nearly
 *       all, else it reads beside the owner first;
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
    private final Loads now;
    private final Map<String, Set<String>> copied = new TreeMap<>();
    private boolean unfinished;

    private TaskSharing(Map<String, Integer> tasks, Collection<Replica> replicas, Rules rules) {
        this.tasks = new TreeSet<>(tasks.keySet());
        this.now = new Loads(tasks);
        this.replicas.addAll(replicas);
        this.rules = rules;
        this.replicas.forEach(replica -> copied.put(replica.id(), new TreeSet<>()));
    }

    /**
     * Shares tasks out.
     *
     * @param tasks what each weighs, at least 1
     * @param replicas at least one
     */
    static Shares share(Map<String, Integer> tasks, Collection<Replica> replicas, Rules rules) {
        TaskSharing sharing = new TaskSharing(tasks, replicas, rules);
        sharing.keep();
        List<String> ownerless = sharing.ownerless();
        ownerless.forEach(sharing::adopt);
        if (ownerless.isEmpty()) {
            sharing.even();
        } else {
            sharing.unfinished = sharing.nextMove(sharing.now).isPresent();
        }
        sharing.tasks.forEach(sharing::copy);
        return sharing.result();
    }

    private void keep() {
        for (Replica replica : replicas) {
            replica.owned().stream()
                    .filter(tasks::contains)
                    .filter(task -> !now.given(task))
                    .forEach(task -> now.give(task, replica));
        }
    }

    /**
     * Those that fewest could take come first, so that others do not fill these up; then the
     * heaviest, for light ones even out what they leave.
     */
    private List<String> ownerless() {
        return tasks.stream()
                .filter(task -> !now.given(task))
                .sorted(
                        Comparator.comparingLong(this::takers)
                                .thenComparing(now::weight, Comparator.reverseOrder()))
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
                        .min(soonest.thenComparingDouble(replica -> now.with(replica, task)))
                        .orElseThrow();
        now.give(task, owner);
    }

    /** Plans all moves; those are made now whose new owner has read enough, others later. */
    private void even() {
        Loads planned = new Loads(now);
        int warmUps = rules.warmUps();
        for (Optional<Move> next = nextMove(planned); next.isPresent(); next = nextMove(planned)) {
            Move move = next.get();
            planned.give(move.task(), move.to());
            if (isReady(move.to(), move.task())) {
                now.give(move.task(), move.to());
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

    /**
     * From the most loaded that can to the least that can; of equals, the one with most threads.
     */
    private Optional<Move> nextMove(Loads planned) {
        Comparator<Replica> byLoad = Comparator.comparingDouble(planned::of);
        Comparator<Replica> roomiest =
                byLoad.thenComparing(Replica::threads, Comparator.reverseOrder());
        List<Replica> receivers = replicas.stream().sorted(roomiest).toList();
        return replicas.stream()
                .sorted(byLoad.reversed())
                .flatMap(from -> receivers.stream().flatMap(to -> move(planned, from, to)))
                .findFirst();
    }

    private Stream<Move> move(Loads planned, Replica from, Replica to) {
        return bestOf(planned, from, to).map(task -> new Move(task, to)).stream();
    }

    /**
     * The heaviest task that leaves its owner no lighter than the new one; else the one that leaves
     * the heavier of both lightest. Of equals, the one with least to read.
     */
    private Optional<String> bestOf(Loads planned, Replica from, Replica to) {
        double before = planned.of(from);
        Comparator<String> tooHeavyLast =
                Comparator.comparing(task -> planned.with(to, task) > planned.without(from, task));
        Comparator<String> lightest =
                Comparator.comparingDouble(
                        task -> Math.max(planned.with(to, task), planned.without(from, task)));
        return tasks.stream()
                .filter(task -> planned.has(from, task))
                .filter(task -> planned.with(to, task) < before)
                .min(tooHeavyLast.thenComparing(lightest).thenComparingLong(to::behindOf));
    }

    private void copy(String task) {
        int most = (tasks.size() * rules.copies() + replicas.size() - 1) / replicas.size();
        Comparator<Replica> even =
                Comparator.comparing(replica -> copiesOf(replica).size() >= most);
        replicas.stream()
                .filter(replica -> !now.has(replica, task))
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
        Replica owner = now.owners().get(task);
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
        now.owners()
                .forEach((task, owner) ->
                        owned.computeIfAbsent(owner.id(), _ -> new TreeSet<>()).add(task));
        return new Shares(owned, copied, unfinished);
    }
}
