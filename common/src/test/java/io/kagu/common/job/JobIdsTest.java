package io.kagu.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

final class JobIdsTest {

    @Test
    void newIdsAreValidDifferentAndInOrderOfTime() {
        List<String> ids = Stream.generate(JobIds::next).limit(1000).toList();

        assertThat(ids).allMatch(JobIds::valid).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void anIdIsValidExactlyIfItMatchesThePattern() {
        Random random = new Random(11);
        String letters = "aZ09._:-/ ä";
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextInt(8) == 0 ? 120 + random.nextInt(15) : random.nextInt(5);
            String id =
                    random.ints(length, 0, letters.length())
                            .map(at -> letters.charAt(length > 100 ? at % 8 : at))
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();

            assertThat(JobIds.valid(id)).as(id).isEqualTo(id.matches(JobIds.PATTERN));
        }
    }

    /** Kept ids must never change: a changed formula would run every repeated job twice. */
    @Test
    void derivedIdsStayWhatTheyWere() {
        assertThat(JobIds.ofIdempotencyKey("team-a", "key-1"))
                .isEqualTo("c70837db-ae67-58aa-8918-0cca0fbf72e9");
        assertThat(JobIds.ofRecord("kagu.jobs.high", 3, 42))
                .isEqualTo("a76cecc7-60d5-5afb-983b-adc3039e6263");
    }

    @Test
    void anIdempotencyKeyGivesTheSameIdAlwaysAndAnotherOneToEveryOtherTenantAndKey() {
        Random random = new Random(7);
        Set<String> pairs = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            String tenant = word(random);
            String key = word(random);
            pairs.add(tenant + '\n' + key);
            String id = JobIds.ofIdempotencyKey(tenant, key);
            assertThat(id).isEqualTo(JobIds.ofIdempotencyKey(tenant, key)).matches(JobIds.PATTERN);
            ids.add(id);
        }
        assertThat(ids).hasSameSizeAs(pairs);
    }

    /** Short words over few letters, so that tenant and key run into each other often. */
    private static String word(Random random) {
        return random.ints(random.nextInt(6), 0, 4)
                .collect(
                        StringBuilder::new,
                        (text, i) -> text.append("a1: ".charAt(i)),
                        (a, b) -> {})
                .toString();
    }

    @Test
    void aRawRecordsIdDependsOnTopicPartitionAndOffset() {
        assertThat(
                        Set.of(
                                JobIds.ofRecord("t", 1, 23),
                                JobIds.ofRecord("t", 12, 3),
                                JobIds.ofRecord("t/1", 2, 3),
                                JobIds.ofIdempotencyKey("t", "1/23")))
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A-1.b_c:d", "0190163d-8694-739b-aea5-966c26f8ad91"})
    void anIdThatIsSafeEverywhereMayBeUsed(String id) {
        assertThat(JobIds.valid(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".", "a b", "a/b", "a\n", "ä", "..%2f"})
    void anyOtherMayNot(String id) {
        assertThat(JobIds.valid(id)).isFalse();
    }

    @Test
    void anIdHasAtMost128Letters() {
        assertThat(JobIds.valid("a".repeat(128))).isTrue();
        assertThat(JobIds.valid("a".repeat(129))).isFalse();
    }
}
