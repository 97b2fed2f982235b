package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kagu.common.job.Priority;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.LetterStory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class LetterQueryTest {

    private static final LetterHead HEAD =
            head(new LetterStory("job-1").of("coder", Priority.HIGH).because("rejected", "no"));

    @Test
    void withoutParametersItIsTheFirstPageOfAll() {
        LetterQuery query = LetterQuery.read(Map.of());

        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.after()).isEmpty();
        assertThat(query.filter().matches(HEAD)).isTrue();
        assertThat(query.filter().first()).isEqualTo(ListPlace.FIRST);
        assertThat(query.filter().last()).isEqualTo(ListPlace.LAST);
    }

    @ParameterizedTest
    @CsvSource({
        "class, rejected, poison",
        "code, rejected, other",
        "pool, main, side",
        "model, coder, qwen-27b",
        "tenant, default, acme",
        "priority, high, low",
        "since, 2026-01-02T03:04:05Z, 2026-01-02T03:04:05.001Z",
        "until, 2026-01-02T03:04:05.001Z, 2026-01-02T03:04:05Z",
    })
    void eachFieldMeansThoseThatAgreeWithIt(String name, String agreeing, String other) {
        assertThat(query(name, agreeing).filter().matches(HEAD)).isTrue();
        assertThat(query(name, other).filter().matches(HEAD)).isFalse();
    }

    @Test
    void aFingerprintMeansItsCauseAlone() {
        assertThat(query("fingerprint", HEAD.fingerprint()).filter().matches(HEAD)).isTrue();
        assertThat(query("fingerprint", "00000000").filter().matches(HEAD)).isFalse();
    }

    @Test
    void allFieldsMustAgree() {
        Map<String, List<String>> both = new TreeMap<>();
        both.put("class", List.of("rejected"));
        both.put("model", List.of("qwen-27b"));

        assertThat(LetterQuery.read(both).filter().matches(HEAD)).isFalse();
    }

    @Test
    void groupsAreChosenByTheirCauseAlone() {
        LetterGroup group = LetterGroup.of(HEAD);

        assertThat(query("code", "rejected").filter().matches(group)).isTrue();
        assertThat(query("pool", "another").filter().matches(group)).isTrue();
        assertThat(query("class", "poison").filter().matches(group)).isFalse();
    }

    @Test
    void timesBoundThePlacesThatAreLookedAt() {
        Instant time = JobStory.T0;

        assertThat(HEAD.place()).isGreaterThan(query("since", time.toString()).filter().first());
        assertThat(HEAD.place())
                .isLessThan(query("until", time.plusMillis(1).toString()).filter().last());
        assertThat(HEAD.place())
                .isGreaterThan(query("until", time.minusMillis(1).toString()).filter().last());
    }

    @ParameterizedTest
    @CsvSource({
        "class, Rejected",
        "class, ''",
        "code, ' '",
        "fingerprint, ../x",
        "pool, ''",
        "priority, urgent",
        "since, yesterday",
        "since, 2026-01-02",
        "until, +1000000000-12-31T23:59:59Z",
        "until, 1969-12-31T23:59:59Z",
        "limit, 0",
        "limit, 501",
        "limit, many",
        "limit, 99999999999",
        "cursor, nonsense!",
    })
    void aValueThatCannotBeIsNamedWithWhatCan(String name, String value) {
        FieldException fault = catchThrowableOfType(FieldException.class, () -> query(name, value));

        assertThat(fault.field()).isEqualTo(name);
        assertThat(fault.allowed()).isNotBlank();
    }

    @Test
    void aMistypedParameterIsNeverTakenForNone() {
        FieldException fault =
                catchThrowableOfType(FieldException.class, () -> query("clas", "poison"));

        assertThat(fault.allowed()).contains("class").doesNotContain("clas,");
    }

    @Test
    void aParameterGivenTwiceIsRefused() {
        Map<String, List<String>> twice = Map.of("limit", List.of("1", "2"));
        FieldException fault =
                catchThrowableOfType(FieldException.class, () -> LetterQuery.read(twice));

        assertThat(fault).hasMessage("limit must be given once");
    }

    private static LetterQuery query(String name, String value) {
        return LetterQuery.read(Map.of(name, List.of(value)));
    }

    private static LetterHead head(LetterStory story) {
        return LetterRow.of(story.letter(), new byte[3]).head();
    }
}
