package io.kagu.common.codec;

import static io.kagu.common.Samples.NOON;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.Golden;
import io.kagu.common.Samples;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobRecordsTest {

    private static final JobRecords.Origin ORIGIN =
            new JobRecords.Origin("kagu.jobs.low", 3, 42, NOON.plusSeconds(9));

    @Test
    void aJobWithEverythingIsReadBackAsItWas() {
        Job job = Samples.fullJob();

        assertThat(JobRecords.read(JobRecords.headers(job, "test"), job.priority(), ORIGIN))
                .isEqualTo(job);
    }

    @Test
    void aJobWithNothingOptionalIsReadBackAsItWas() {
        Job job = Samples.plainJob();

        assertThat(JobRecords.read(JobRecords.headers(job, "test"), job.priority(), ORIGIN))
                .isEqualTo(job);
    }

    @Test
    void headersAreWrittenAsVersion1SaysThem() {
        assertThat(HeaderText.of(JobRecords.headers(Samples.fullJob(), "test")))
                .isEqualTo(Golden.text("job-record-v1.headers"));
    }

    @Test
    void headersOfVersion1AreStillRead() {
        Headers written = HeaderText.parse(Golden.text("job-record-v1.headers"));

        assertThat(JobRecords.read(written, Priority.HIGH, ORIGIN)).isEqualTo(Samples.fullJob());
    }

    @Test
    void onlyTheModelIsRequired() {
        Job job = JobRecords.read(HeaderText.parse("ce_kagumodel: m"), Priority.LOW, ORIGIN);

        assertThat(job)
                .isEqualTo(
                        Job.of(
                                JobIds.ofRecord("kagu.jobs.low", 3, 42),
                                "m",
                                Priority.LOW,
                                ORIGIN.time()));
    }

    @Test
    void unknownHeadersAndEmptyOnesChangeNothing() {
        Headers headers = HeaderText.parse("ce_kagumodel: m\nx-new: 1\nce_kagudeadline: ");

        assertThat(JobRecords.read(headers, Priority.LOW, ORIGIN).deadline()).isEmpty();
    }

    @Test
    void aMissingModelIsABadRecord() {
        assertThatThrownBy(() -> JobRecords.read(HeaderText.parse(""), Priority.LOW, ORIGIN))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("missing header ce_kagumodel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ce_id | a/b | must match",
                "ce_time | noon | RFC 3339",
                "ce_kagudeadline | 2026-13-01T00:00:00Z | RFC 3339",
                "ce_kagumaxattempts | 0 | whole number from 1",
                "ce_kagumaxattempts | many | whole number from 1",
                "ce_kagutokens | -1 | whole number from 0",
                "ce_kagutokens | 1.5 | whole number from 0",
                "ce_kagutokens | 99999999999999999999 | whole number from 0",
                "ce_kagupath | http://host/x | must match",
                "ce_kagucallback | a b | must be a URI",
            })
    void aBadHeaderIsNamedAndNotQuoted(String header, String value, String must) {
        Headers headers = HeaderText.parse("ce_kagumodel: m\n" + header + ": " + value);

        assertThatThrownBy(() -> JobRecords.read(headers, Priority.LOW, ORIGIN))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining("header " + header + " ")
                .hasMessageContaining(must)
                .message()
                .doesNotContain(value.length() > 3 ? value : "\0");
    }

    @Test
    void anAttemptCountBeyondAllBoundsIsTheLargestThereIs() {
        Headers headers = HeaderText.parse("ce_kagumodel: m\nce_kagumaxattempts: 99999999999");

        assertThat(JobRecords.read(headers, Priority.LOW, ORIGIN).maxAttempts())
                .hasValue(Integer.MAX_VALUE);
    }

    @Test
    void evenAnUnreadableRecordHasAnId() {
        String derived = JobIds.ofRecord("kagu.jobs.low", 3, 42);

        assertThat(JobRecords.idOf(HeaderText.parse("ce_id: mine"), ORIGIN)).isEqualTo("mine");
        assertThat(JobRecords.idOf(HeaderText.parse("ce_id: a/b"), ORIGIN)).isEqualTo(derived);
        assertThat(JobRecords.idOf(HeaderText.parse(""), ORIGIN)).isEqualTo(derived);
    }
}
