package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

class ListPartTest {

    @Test
    void aPageEndsWhereTheFirstPartEndsThatHasMore() {
        ListPart<ListPlace> merged =
                ListPart.merged(
                        List.of(part(0, Optional.of(at(5)), 9, 5), part(1, Optional.empty(), 8, 3)),
                        10,
                        Function.identity());

        assertThat(merged.items()).containsExactly(at(9), at(8), at(5));
        assertThat(merged.next()).contains(at(5));
        assertThat(merged.partitions()).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aPartThatLookedAtMuchAndFoundNothingHoldsThePageBack() {
        ListPart<ListPlace> merged =
                ListPart.merged(
                        List.of(part(0, Optional.of(at(7))), part(1, Optional.empty(), 8, 3)),
                        10,
                        Function.identity());

        assertThat(merged.items()).containsExactly(at(8));
        assertThat(merged.next()).contains(at(7));
    }

    @Test
    void aPlaceThatTwoPartsTellIsToldOnce() {
        ListPart<ListPlace> merged =
                ListPart.merged(
                        List.of(part(0, Optional.empty(), 4), part(1, Optional.empty(), 4)),
                        10,
                        Function.identity());

        assertThat(merged.items()).containsExactly(at(4));
        assertThat(merged.next()).isEmpty();
    }

    @RepeatedTest(50)
    void pageByPageEveryItemIsToldOnceWhateverThePartsLookAt(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<TreeSet<ListPlace>> stores =
                List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        List<ListPlace> all = new ArrayList<>();
        for (int i = 1; i <= random.nextInt(60); i++) {
            all.add(at(i));
            stores.get(random.nextInt(3)).add(at(i));
        }
        all.sort(Comparator.reverseOrder());
        List<ListPlace> told = new ArrayList<>();
        Optional<ListPlace> after = Optional.empty();
        int limit = 1 + random.nextInt(8);
        do {
            List<ListPart<ListPlace>> parts = new ArrayList<>();
            for (int i = 0; i < stores.size(); i++) {
                parts.add(read(i, stores.get(i), after, 1 + random.nextInt(limit)));
            }
            ListPart<ListPlace> page = ListPart.merged(parts, limit, Function.identity());
            told.addAll(page.items());
            after = page.next();
        } while (after.isPresent());

        assertThat(told).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(all);
    }

    /** As a replica does that looks at a bounded number of entries. */
    private static ListPart<ListPlace> read(
            int partition, TreeSet<ListPlace> store, Optional<ListPlace> after, int bound) {
        var rest = after.map(place -> store.headSet(place, false)).orElse(store).descendingSet();
        List<ListPlace> page = rest.stream().limit(bound).toList();
        Optional<ListPlace> next =
                rest.size() > bound ? Optional.of(page.getLast()) : Optional.empty();
        return new ListPart<>(page, next, Set.of(partition));
    }

    private static ListPart<ListPlace> part(int partition, Optional<ListPlace> next, int... times) {
        List<ListPlace> places = new ArrayList<>();
        for (int time : times) {
            places.add(at(time));
        }
        return new ListPart<>(places, next, Set.of(partition));
    }

    private static ListPlace at(int time) {
        return new ListPlace(time, "job-" + time);
    }
}
