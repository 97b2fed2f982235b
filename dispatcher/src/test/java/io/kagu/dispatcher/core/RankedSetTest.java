package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

class RankedSetTest {

    /** So many items have the same first number. */
    private static final int ALIKE = 7;

    /** Enough for branches of branches. */
    private static final int MANY = 20_000;

    private final RankedSet<Integer> set = new RankedSet<>();

    private void add(int item) {
        set.add(item / ALIKE, item % ALIKE, item);
    }

    private boolean remove(int item) {
        return set.remove(item / ALIKE, item % ALIKE).filter(found -> found == item).isPresent();
    }

    private int rank(int item) {
        return set.rank(item / ALIKE, item % ALIKE);
    }

    @Test
    void anEmptySetHasNoFirstAndPutsEverythingFirst() {
        assertThat(set.first()).isEmpty();
        assertThat(set.last()).isEmpty();
        assertThat(set.first(3)).isEmpty();
        assertThat(set.isEmpty()).isTrue();
        assertThat(rank(7)).isZero();
        assertThat(remove(7)).isFalse();
    }

    @Test
    void aPlaceHoldsOneItem() {
        add(7);

        assertThatThrownBy(() -> add(7)).hasMessageContaining("7 has the place of 7");
        assertThat(set.size()).isEqualTo(1);
        assertThat(remove(7)).isTrue();
        assertThat(remove(7)).isFalse();
        assertThat(set.isEmpty()).isTrue();
    }

    @Test
    void anItemThatIsNotThereHasTheRankItWouldHave() {
        List.of(10, 30, 20).forEach(this::add);

        assertThat(rank(5)).isZero();
        assertThat(rank(20)).isEqualTo(1);
        assertThat(rank(25)).isEqualTo(2);
        assertThat(rank(99)).isEqualTo(3);
    }

    @Test
    void theFirstNumberBoundsWhatIsAskedFor() {
        IntStream.range(0, 10 * MANY).forEach(this::add);

        assertThat(set.upTo(1, 100)).isEqualTo(IntStream.range(0, 2 * ALIKE).boxed().toList());
        assertThat(set.upTo(1, 9)).isEqualTo(IntStream.range(0, 9).boxed().toList());
        assertThat(set.upTo(-1, 9)).isEmpty();
        assertThat(set.upTo(MANY, Integer.MAX_VALUE)).hasSize((MANY + 1) * ALIKE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itAgreesWithASortedListWhateverIsDone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> naive = new ArrayList<>();
        for (int percent : new int[] {80, 50, 10}) {
            for (int step = 0; step < MANY; step++) {
                int item = random.nextInt(MANY);
                change(naive, item, random.nextInt(100) < percent);
                if (step % 100 == 0) {
                    agrees(naive, random.nextInt(MANY), random.nextInt(200));
                }
            }
            assertThat(set.first(MANY)).isEqualTo(naive);
        }
    }

    private void change(List<Integer> naive, int item, boolean wanted) {
        int at = Collections.binarySearch(naive, item);
        if (wanted && at < 0) {
            add(item);
            naive.add(-at - 1, item);
        } else if (!wanted) {
            assertThat(remove(item)).isEqualTo(at >= 0);
            if (at >= 0) {
                naive.remove(at);
            }
        }
    }

    private void agrees(List<Integer> naive, int item, int limit) {
        int at = Collections.binarySearch(naive, item);
        assertThat(set.size()).isEqualTo(naive.size());
        assertThat(rank(item)).isEqualTo(at >= 0 ? at : -at - 1);
        assertThat(set.first(limit)).isEqualTo(naive.subList(0, Math.min(limit, naive.size())));
        if (!naive.isEmpty()) {
            assertThat(set.first()).contains(naive.getFirst());
            assertThat(set.last()).contains(naive.getLast());
        }
    }

    @Test
    void itKnowsRanksWhereItemsComeInOrderAndLeaveInOrder() {
        int items = 20 * MANY;
        IntStream.range(0, items).forEach(this::add);
        IntStream.range(0, items / 2).forEach(item -> assertThat(remove(item)).isTrue());

        assertThat(rank(items * 3 / 4)).isEqualTo(items / 4);
        assertThat(set.first()).contains(items / 2);
        assertThat(set.last()).contains(items - 1);
    }

    @Test
    void itKnowsRanksWhereTheLastComeFirst() {
        int items = 20 * MANY;
        IntStream.range(0, items).forEach(item -> add(items - 1 - item));

        assertThat(rank(items * 3 / 4)).isEqualTo(items * 3 / 4);
        IntStream.range(0, items).forEach(item -> assertThat(remove(items - 1 - item)).isTrue());
        assertThat(set.isEmpty()).isTrue();
    }
}
