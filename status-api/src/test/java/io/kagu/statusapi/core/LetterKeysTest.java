package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class LetterKeysTest {

    private static final ListPlace EARLY = new ListPlace(255, "zzz");
    private static final ListPlace LATE = new ListPlace(256, "aaa");

    @Test
    void headsSortByTimeAndThenById() {
        assertSorted(
                LetterKeys.byTime(ListPlace.FIRST),
                LetterKeys.byTime(EARLY),
                LetterKeys.byTime(LATE),
                LetterKeys.byTime(new ListPlace(256, "b")),
                LetterKeys.byTime(ListPlace.LAST));
    }

    @Test
    void headsOfOneCauseStandTogetherAlsoWhereOneFingerprintBeginsLikeAnother() {
        assertSorted(
                LetterKeys.firstByFingerprint(),
                LetterKeys.byFingerprint("ab", ListPlace.FIRST),
                LetterKeys.byFingerprint("ab", LATE),
                LetterKeys.byFingerprint("ab", ListPlace.LAST),
                LetterKeys.byFingerprint("abc", ListPlace.FIRST),
                LetterKeys.byFingerprint("abc", EARLY),
                LetterKeys.firstGroup(),
                LetterKeys.group("ab"),
                LetterKeys.afterGroups(),
                LetterKeys.letter("a"),
                LetterKeys.byTime(EARLY));
    }

    @Test
    void aPlaceIsFoundAgainInBothKindsOfKeys() {
        assertThat(LetterKeys.place(LetterKeys.byTime(LATE))).isEqualTo(LATE);
        assertThat(LetterKeys.place(LetterKeys.byFingerprint("ab", EARLY))).isEqualTo(EARLY);
    }

    @Test
    void aCursorNamesItsPlace() {
        assertThat(ListPlace.ofCursor(LATE.cursor())).isEqualTo(LATE);
    }

    @Test
    void aCursorThatIsNoneOfOursIsRefused() {
        String beforeAllTimes = new ListPlace(1, "a").cursor().replaceFirst("A", "_");
        for (String cursor :
                List.of("", "A", "!", "AAAAAAAAAAA", beforeAllTimes, "a".repeat(5000))) {
            assertThatThrownBy(() -> ListPlace.ofCursor(cursor))
                    .as(cursor)
                    .isInstanceOf(FieldException.class)
                    .hasMessageStartingWith("cursor");
        }
    }

    private static void assertSorted(byte[]... keys) {
        for (int i = 1; i < keys.length; i++) {
            assertThat(Arrays.compareUnsigned(keys[i - 1], keys[i])).as("key " + i).isNegative();
        }
    }
}
