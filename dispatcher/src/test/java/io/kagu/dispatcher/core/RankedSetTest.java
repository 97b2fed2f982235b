package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

class RankedSetTest {

    private final RankedSet<Integer> set = new RankedSet<>(Comparator.naturalOrder());

    @Test
    void anEmptySetHasNoFirstAndPutsEverythingFirst() {
        assertThat(set.first()).isEmpty();
        assertThat(set.first(3)).isEmpty();
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.rank(7)).isZero();
        assertThat(set.remove(7)).isFalse();
    }

    @Test
    void anItemIsThereOnce() {
        assertThat(set.add(7)).isTrue();
        assertThat(set.add(7)).isFalse();

        assertThat(set.size()).isEqualTo(1);
        assertThat(set.remove(7)).isTrue();
        assertThat(set.remove(7)).isFalse();
        assertThat(set.isEmpty()).isTrue();
    }

    @Test
    void anItemThatIsNotThereHasTheRankItWouldHave() {
        List.of(10, 30, 20).forEach(set::add);

        assertThat(set.rank(5)).isZero();
        assertThat(set.rank(20)).isEqualTo(1);
        assertThat(set.rank(25)).isEqualTo(2);
        assertThat(set.rank(99)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itAgreesWithASortedListWhateverIsDone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> naive = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int item = random.nextInt(400);
            int at = Collections.binarySearch(naive, item);
            if (random.nextInt(100) < 55) {
                assertThat(set.add(item)).isEqualTo(at < 0);
                if (at < 0) {
                    naive.add(-at - 1, item);
                }
            } else {
                assertThat(set.remove(item)).isEqualTo(at >= 0);
                if (at >= 0) {
                    naive.remove(at);
                }
            }
            agrees(naive, random.nextInt(400), random.nextInt(20));
        }
        assertThat(set.first(1_000)).isEqualTo(naive);
    }

    private void agrees(List<Integer> naive, int item, int limit) {
        int at = Collections.binarySearch(naive, item);
        assertThat(set.size()).isEqualTo(naive.size());
        assertThat(set.contains(item)).isEqualTo(at >= 0);
        assertThat(set.rank(item)).isEqualTo(at >= 0 ? at : -at - 1);
        assertThat(set.first().stream().toList())
                .isEqualTo(naive.subList(0, Math.min(1, naive.size())));
        assertThat(set.first(limit)).isEqualTo(naive.subList(0, Math.min(limit, naive.size())));
    }

    /** A list that only looks like a tree would overflow the stack, or take hours. */
    @Test
    void itStaysShallowWhenItemsComeInOrder() {
        int items = 200_000;
        for (int item = 0; item < items; item++) {
            set.add(item);
        }
        long compared = comparisonsOfARank(items);

        assertThat(set.rank(150_000)).isEqualTo(150_000);
        assertThat(compared).isLessThan(80);
    }

    private static long comparisonsOfARank(int items) {
        long[] compared = {0};
        RankedSet<Integer> counted =
                new RankedSet<>((a, b) -> {
                    compared[0]++;
                    return Integer.compare(a, b);
                });
        for (int item = 0; item < items; item++) {
            counted.add(item);
        }
        long deepest = 0;
        for (int item = 0; item < items; item += 997) {
            compared[0] = 0;
            counted.rank(item);
            deepest = Math.max(deepest, compared[0]);
        }
        return deepest;
    }
}
