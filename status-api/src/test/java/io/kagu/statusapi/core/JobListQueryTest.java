package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kagu.common.job.JobStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

class JobListQueryTest {

    @Test
    void withoutParametersAllIsMeant() {
        JobListQuery query = JobListQuery.read(Map.of());

        assertThat(query.states()).containsExactlyInAnyOrder(JobStatus.values());
        assertThat(query.limit()).isEqualTo(50);
        assertThat(query.range()).isEqualTo(new ListRange(ListPlace.FIRST, ListPlace.LAST));
        assertThat(query.matches(entry(JobStatus.EXPIRED, "low", "any", "body"))).isTrue();
    }

    @Test
    void everyParameterIsRead() {
        ListPlace place = new ListPlace(1_800_000_000_000L, "job-1");
        JobListQuery query =
                JobListQuery.read(
                        Map.of(
                                "state", List.of("queued,DEAD"),
                                "model", List.of("m"),
                                "tenant", List.of("t"),
                                "priority", List.of("High"),
                                "since", List.of("2026-01-02T03:04:05Z"),
                                "limit", List.of("7"),
                                "cursor", List.of(place.cursor())));

        assertThat(query.states()).containsExactlyInAnyOrder(JobStatus.QUEUED, JobStatus.DEAD);
        assertThat(query.limit()).isEqualTo(7);
        assertThat(query.range())
                .isEqualTo(
                        new ListRange(
                                new ListPlace(
                                        Instant.parse("2026-01-02T03:04:05Z").toEpochMilli(), ""),
                                place));
        assertThat(query.matches(entry(JobStatus.DEAD, "high", "m", "t"))).isTrue();
        assertThat(query.matches(entry(JobStatus.DEAD, "low", "m", "t"))).isFalse();
        assertThat(query.matches(entry(JobStatus.DEAD, "high", "n", "t"))).isFalse();
        assertThat(query.matches(entry(JobStatus.DEAD, "high", "m", "u"))).isFalse();
        assertThat(query.matches(entry(JobStatus.COMPLETED, "high", "m", "t"))).isFalse();
    }

    private static JobEntry entry(JobStatus state, String priority, String model, String tenant) {
        JobLabels labels = new JobLabels(priority, model, tenant);
        return new JobEntry(new ListPlace(7, "job-1"), state, labels);
    }

    @ParameterizedTest
    @CsvSource({
        "state, WAITING, QUEUED",
        "state, 'QUEUED,', QUEUED",
        "priority, urgent, normal",
        "since, yesterday, 2026-",
        "since, -000001-01-01T00:00:00Z, 2026-",
        "limit, 0, 500",
        "limit, 501, 500",
        "limit, 1e9, 500",
        "cursor, '', next_cursor",
        "cursor, AAAA, next_cursor",
        "cursor, __________9qb2I, next_cursor",
        "model, ' ', 256",
    })
    void aValueThatCannotBeIsNamedWithWhatCan(String name, String value, String allowed) {
        FieldException fault =
                catchThrowableOfType(
                        FieldException.class,
                        () -> JobListQuery.read(Map.of(name, List.of(value))));

        assertThat(fault.field()).isEqualTo(name);
        assertThat(fault.allowed()).contains(allowed);
    }

    @Test
    void aMistypedParameterIsNeverTakenForNone() {
        FieldException fault =
                catchThrowableOfType(
                        FieldException.class,
                        () -> JobListQuery.read(Map.of("states", List.of("DEAD"))));

        assertThat(fault.field()).isEqualTo("fields");
    }

    @Test
    void endedJobsSortByPlaceAndAlsoByStateThenPlace() {
        ListPlace early = new ListPlace(255, "zzz");
        ListPlace late = new ListPlace(256, "aaa");

        assertThat(Arrays.compareUnsigned(JobListKeys.ended(early), JobListKeys.ended(late)))
                .isNegative();
        assertThat(
                        Arrays.compareUnsigned(
                                JobListKeys.endedIn(JobStatus.DEAD, early),
                                JobListKeys.endedIn(JobStatus.DEAD, late)))
                .isNegative();
        assertThat(JobListKeys.place(JobListKeys.ended(late))).isEqualTo(late);
        assertThat(JobListKeys.place(JobListKeys.endedIn(JobStatus.DEAD, late))).isEqualTo(late);
        assertThat(JobListKeys.liveId(JobListKeys.live("job-1"))).isEqualTo("job-1");
    }

    @ParameterizedTest
    @EnumSource(JobStatus.class)
    void anEntryComesBackAsItWas(JobStatus state) {
        JobEntry entry = entry(state, "low", "m", "t");

        assertThat(JobEntry.decode(entry.place(), entry.encode())).isEqualTo(entry);
    }

    @Test
    void labelsComeBackAsTheyWere() {
        JobLabels labels = new JobLabels("low", "m/ü", "a b");

        assertThat(JobLabels.decode(labels.encode())).isEqualTo(labels);
        assertThat(JobLabels.decode(new byte[] {'x'})).isEqualTo(JobLabels.NONE);
    }
}
