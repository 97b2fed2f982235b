package io.kagu.dispatcher.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class TaskSharingTest {

    private static final TaskSharing.Rules RULES = new TaskSharing.Rules(1, 500, 2);
    private static final Set<String> THREE = Set.of("0", "1", "2");

    private static Shares share(Set<String> tasks, Replica... replicas) {
        return TaskSharing.share(alike(tasks), List.of(replicas), RULES);
    }

    private static Map<String, Integer> alike(Set<String> tasks) {
        return tasks.stream().collect(Collectors.toMap(task -> task, _ -> 1));
    }

    private static Replica owner(String id, Set<String> owned, Set<String> copied) {
        return new Replica(id, 1, owned, copied, read(copied));
    }

    private static Map<String, Long> read(Set<String> tasks) {
        return tasks.stream().collect(Collectors.toMap(task -> task, _ -> 10L));
    }

    private static Set<String> tasks(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.toSet());
    }

    @Test
    void atTheFirstStartTheLoadIsEven() {
        Map<String, Long> nothing = Map.of("0", 0L, "1", 0L, "2", 0L);
        Shares shares =
                share(
                        THREE,
                        new Replica("a", 1, Set.of(), Set.of(), nothing),
                        new Replica("b", 1, Set.of(), Set.of(), nothing),
                        new Replica("c", 1, Set.of(), Set.of(), nothing));

        assertThat(shares.owned().values()).allSatisfy(owned -> assertThat(owned).hasSize(1));
        assertThat(shares.copied().values()).allSatisfy(copied -> assertThat(copied).hasSize(1));
        assertThat(shares.unfinished()).isFalse();
    }

    @Test
    void whenAReplicaLeavesOnlyItsOwnTasksMove() {
        // Seen in a group of three: the assignor of Kafka Streams gave task 2 of b to c as well.
        Shares shares =
                share(
                        THREE,
                        owner("b", Set.of("2"), Set.of("1")),
                        owner("c", Set.of(), Set.of("0", "1", "2")));

        assertThat(shares.owned()).isEqualTo(Map.of("b", Set.of("1", "2"), "c", Set.of("0")));
        assertThat(shares.copied()).isEqualTo(Map.of("b", Set.of("0"), "c", Set.of("1", "2")));
        assertThat(shares.unfinished()).isFalse();
    }

    @Test
    void aTaskWithoutAnOwnerGoesToTheLeastLoadedThatHasReadNearlyAll() {
        Shares shares =
                share(
                        tasks(5),
                        owner("a", Set.of("0"), Set.of("4")),
                        owner("b", Set.of("1", "2"), Set.of("4")),
                        new Replica("c", 1, Set.of("3"), Set.of(), Map.of("4", 501L)));

        assertThat(shares.owned())
                .isEqualTo(Map.of("a", Set.of("0", "4"), "b", Set.of("1", "2"), "c", Set.of("3")));
    }

    @Test
    void whereNoneHasReadNearlyAllTheOneThatHasReadMostTakesIt() {
        Shares shares =
                share(
                        Set.of("0", "1"),
                        new Replica("a", 1, Set.of(), Set.of("0"), Map.of("0", 7_000L)),
                        new Replica("b", 1, Set.of("1"), Set.of("0"), Map.of("0", 6_000L)));

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of(), "b", Set.of("0", "1")));
        assertThat(shares.unfinished()).isTrue();
    }

    @Test
    void whoFewCanTakeComesFirst() {
        // Only a can take 1; b and a can take 0.
        Shares shares =
                share(
                        Set.of("0", "1"),
                        owner("a", Set.of(), Set.of("0", "1")),
                        owner("b", Set.of(), Set.of("0")));

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("1"), "b", Set.of("0")));
    }

    @Test
    void aReplicaThatComesReadsBesideTheOwnerFirst() {
        Shares shares =
                share(
                        THREE,
                        owner("a", THREE, Set.of()),
                        new Replica("b", 1, Set.of(), Set.of(), Map.of()));

        assertThat(shares.owned()).isEqualTo(Map.of("a", THREE, "b", Set.of()));
        assertThat(shares.copied().get("b")).isEqualTo(THREE);
        assertThat(shares.unfinished()).isTrue();

        Shares later = share(THREE, owner("a", THREE, Set.of()), owner("b", Set.of(), THREE));

        assertThat(later.owned().get("a")).hasSize(2);
        assertThat(later.owned().get("b")).hasSize(1);
        assertThat(later.unfinished()).isFalse();
    }

    @Test
    void nobodyElsesTaskMovesWhileOneHasNoOwner() {
        Shares shares =
                share(
                        tasks(5),
                        owner("a", Set.of("0", "1", "2", "3"), Set.of()),
                        owner("b", Set.of(), tasks(5)));

        assertThat(shares.owned())
                .isEqualTo(Map.of("a", Set.of("0", "1", "2", "3"), "b", Set.of("4")));
        assertThat(shares.unfinished()).isTrue();
    }

    @Test
    void onlySoManyReadForALaterMove() {
        Shares shares =
                TaskSharing.share(
                        alike(tasks(8)),
                        List.of(
                                owner("a", tasks(8), Set.of()),
                                new Replica("b", 1, Set.of(), Set.of(), Map.of())),
                        new TaskSharing.Rules(0, 500, 2));

        assertThat(shares.owned().get("a")).hasSize(8);
        assertThat(shares.copied().get("b")).hasSize(2);
        assertThat(shares.unfinished()).isTrue();
    }

    @Test
    void loadIsByThreads() {
        Set<String> six = tasks(6);
        Shares shares =
                share(
                        six,
                        owner("a", six, Set.of()),
                        new Replica("b", 2, Set.of(), six, read(six)));

        assertThat(shares.owned().get("a")).hasSize(2);
        assertThat(shares.owned().get("b")).hasSize(4);
    }

    @Test
    void aReplicaThatComesReadsTheHeavyTasksFirst() {
        // Seen with two busy pools and two empty tasks: the new one was given the empty ones.
        Map<String, Integer> busy = Map.of("0", 9, "1", 1, "2", 9, "3", 1);
        Map<String, Long> rows = Map.of("0", 70_000L, "1", 3L, "2", 60_000L, "3", 3L);
        Shares shares =
                TaskSharing.share(
                        busy,
                        List.of(
                                owner("a", tasks(4), Set.of()),
                                new Replica("b", 1, Set.of(), Set.of(), rows)),
                        RULES);

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0", "2", "3"), "b", Set.of("1")));
        assertThat(shares.copied().get("b")).contains("2");
        assertThat(shares.unfinished()).isTrue();

        Shares later =
                TaskSharing.share(
                        busy,
                        List.of(
                                owner("a", Set.of("0", "2", "3"), Set.of("1")),
                                owner("b", Set.of("1"), Set.of("2"))),
                        RULES);

        assertThat(later.owned()).isEqualTo(Map.of("a", Set.of("0", "3"), "b", Set.of("1", "2")));
        assertThat(later.unfinished()).isFalse();
    }

    @Test
    void aPoolThatOutweighsAllOthersStays() {
        Shares shares =
                TaskSharing.share(
                        Map.of("0", 17, "1", 1, "2", 1, "3", 1),
                        List.of(owner("a", tasks(4), Set.of()), owner("b", Set.of(), tasks(4))),
                        RULES);

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0"), "b", Set.of("1", "2", "3")));
    }

    @Test
    void whatLeavesTheNewOwnerTheHeavierOneMovesIfThatIsBetter() {
        Shares shares =
                TaskSharing.share(
                        Map.of("0", 10, "1", 4, "2", 7),
                        List.of(
                                owner("a", Set.of("0", "1"), Set.of()),
                                owner("b", Set.of("2"), Set.of("0", "1"))),
                        RULES);

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0"), "b", Set.of("1", "2")));
    }

    @Test
    void whereTheHeaviestCannotBeSharedTheNextOneGives() {
        Shares shares =
                TaskSharing.share(
                        Map.of("0", 90, "1", 20, "2", 20, "3", 10),
                        List.of(
                                owner("a", Set.of("0"), Set.of()),
                                owner("b", Set.of("1", "2", "3"), Set.of()),
                                owner("c", Set.of(), tasks(4))),
                        RULES);

        assertThat(shares.owned())
                .isEqualTo(Map.of("a", Set.of("0"), "b", Set.of("2", "3"), "c", Set.of("1")));
    }

    @Test
    void atTheFirstStartHeavyTasksAreApart() {
        Map<String, Long> nothing = Map.of("0", 0L, "1", 0L, "2", 0L, "3", 0L);
        Shares shares =
                TaskSharing.share(
                        Map.of("0", 1, "1", 1, "2", 9, "3", 9),
                        List.of(
                                new Replica("a", 1, Set.of(), Set.of(), nothing),
                                new Replica("b", 1, Set.of(), Set.of(), nothing)),
                        RULES);

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0", "2"), "b", Set.of("1", "3")));
    }

    @Test
    void oneTaskMoreIsNoReasonToMove() {
        Shares shares =
                share(
                        THREE,
                        owner("a", Set.of("0", "1"), Set.of("2")),
                        owner("b", Set.of("2"), Set.of("0", "1")));

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0", "1"), "b", Set.of("2")));
        assertThat(shares.copied()).isEqualTo(Map.of("a", Set.of("2"), "b", Set.of("0", "1")));
        assertThat(shares.unfinished()).isFalse();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void loadsThatAreEqualButForRoundingAreNoReasonToMove() {
        // In doubles 4/3 + 1/3 is less than 5/3.
        Set<String> heavyAndLight = Set.of("0", "1");
        Shares shares =
                TaskSharing.share(
                        Map.of("0", 4, "1", 1, "2", 4),
                        List.of(
                                new Replica("a", 3, heavyAndLight, Set.of("2"), read(THREE)),
                                new Replica("b", 3, Set.of("2"), heavyAndLight, read(THREE))),
                        RULES);

        assertThat(shares.owned()).isEqualTo(Map.of("a", heavyAndLight, "b", Set.of("2")));
        assertThat(shares.unfinished()).isFalse();
    }

    @Test
    void copiesStayWhereTheyAre() {
        Shares shares =
                share(
                        THREE,
                        owner("a", Set.of("0"), Set.of("2")),
                        owner("b", Set.of("1"), Set.of("0")),
                        owner("c", Set.of("2"), Set.of("1")));

        assertThat(shares.copied())
                .isEqualTo(Map.of("a", Set.of("2"), "b", Set.of("0"), "c", Set.of("1")));
    }

    @Test
    void aTaskThatIsNoMoreIsForgotten() {
        Shares shares = share(Set.of("0"), owner("a", Set.of("0", "9"), Set.of("8")));

        assertThat(shares.owned()).isEqualTo(Map.of("a", Set.of("0")));
        assertThat(shares.copied()).isEqualTo(Map.of("a", Set.of()));
    }

    /** Replicas come, go and read; whatever happens, the group ends up even and still. */
    @Test
    void everyTaskHasOneOwnerAndTheLoadBecomesEven() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, Integer> tasks = new TreeMap<>();
            int heaviest = random.nextBoolean() ? 1 : 100;
            int mostThreads = random.nextBoolean() ? 1 : 4;
            tasks(1 + random.nextInt(12))
                    .forEach(task -> tasks.put(task, 1 + random.nextInt(heaviest)));
            List<Replica> group = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                if (group.isEmpty() || random.nextInt(3) > 0) {
                    int threads = 1 + random.nextInt(mostThreads);
                    group.add(new Replica(step + "", threads, Set.of(), Set.of(), Map.of()));
                } else {
                    group.remove(random.nextInt(group.size()));
                }
                if (!group.isEmpty()) {
                    group = settled(tasks, group);
                }
            }
        }
    }

    private static List<Replica> settled(Map<String, Integer> tasks, List<Replica> group) {
        List<Replica> now = group;
        for (int round = 0; round < 40; round++) {
            Set<String> before = ownerless(tasks.keySet(), now);
            Shares shares = TaskSharing.share(tasks, now, RULES);
            requireWhole(tasks.keySet(), now, shares);
            requireNoNeedlessMove(before, now, shares);
            now = after(now, shares);
            if (!shares.unfinished() && before.isEmpty()) {
                requireEven(tasks, now);
                assertThat(TaskSharing.share(tasks, now, RULES)).isEqualTo(shares);
                return now;
            }
        }
        throw new AssertionError("never still: " + now);
    }

    private static Set<String> ownerless(Set<String> tasks, List<Replica> group) {
        Set<String> left = new HashSet<>(tasks);
        group.forEach(replica -> left.removeAll(replica.owned()));
        return left;
    }

    private static void requireWhole(Set<String> tasks, List<Replica> group, Shares shares) {
        List<String> owned = shares.owned().values().stream().flatMap(Set::stream).toList();
        assertThat(owned).containsExactlyInAnyOrderElementsOf(tasks);
        Map<String, Integer> copies = new TreeMap<>();
        shares.copied()
                .forEach((id, copied) -> {
                    assertThat(shares.owned().get(id)).noneMatch(copied::contains);
                    copied.forEach(task -> copies.merge(task, 1, Integer::sum));
                });
        if (group.size() > 1) {
            assertThat(copies.keySet()).isEqualTo(new TreeSet<>(tasks));
        }
    }

    private static void requireNoNeedlessMove(
            Set<String> ownerless, List<Replica> group, Shares shares) {
        for (Replica replica : group) {
            Set<String> left = new HashSet<>(replica.owned());
            left.removeAll(shares.owned().get(replica.id()));
            if (!ownerless.isEmpty()) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** Nobody could give a task away without loading the other at least as much. */
    private static void requireEven(Map<String, Integer> tasks, List<Replica> group) {
        for (Replica from : group) {
            for (Replica to : group) {
                requireEven(tasks, from, to);
            }
        }
    }

    private static void requireEven(Map<String, Integer> tasks, Replica from, Replica to) {
        if (!from.equals(to)) {
            int before = load(tasks, from.owned()) * to.threads();
            for (String task : from.owned()) {
                int after = load(tasks, to.owned()) + tasks.get(task);
                assertThat(after * from.threads()).isGreaterThanOrEqualTo(before);
            }
        }
    }

    private static int load(Map<String, Integer> tasks, Set<String> some) {
        return some.stream().mapToInt(tasks::get).sum();
    }

    /** As the group is once everybody has read what it copies. */
    private static List<Replica> after(List<Replica> group, Shares shares) {
        List<Replica> now = new ArrayList<>();
        for (Replica replica : group) {
            Set<String> owned = shares.owned().get(replica.id());
            Set<String> copied = shares.copied().get(replica.id());
            Map<String, Long> behind = new HashMap<>(read(copied));
            owned.forEach(task -> behind.put(task, 0L));
            now.add(new Replica(replica.id(), replica.threads(), owned, copied, behind));
        }
        return now;
    }
}
