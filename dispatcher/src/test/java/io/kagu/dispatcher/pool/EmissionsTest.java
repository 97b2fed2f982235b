package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;
import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.Lease;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.executor.AbortCommand;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;

class EmissionsTest {

    private static final byte[] BODY = RecordSample.BODY.getBytes(StandardCharsets.UTF_8);
    private static final long START = RowSample.START;

    private final Emissions emissions = new Emissions("/kagu/dispatcher/test");

    @Test
    void anEventCarriesTheWholeViewUnderTheJobsId() {
        JobRow row = RowSample.running("job-1");

        Emission emission = emissions.event(JobEvent.Type.JOB_STARTED, row);

        assertThat(emission.sink()).isEqualTo(Sinks.EVENTS);
        assertThat(emission.message().key()).isEqualTo("job-1");
        assertThat(Json.read(emission.message().value(), JobEvent.class))
                .isEqualTo(JobEvent.of(JobEvent.Type.JOB_STARTED, JobViews.of(row)));
    }

    @Test
    void aResultIsTheResponseAsItCameWithItsStoryInHeaders() {
        Outcome completed = new Outcome.Completed(200, "text/event-stream");
        AttemptOutcome end =
                new AttemptOutcome("job-1", 2, "beta", "e-1", START, START + 9, completed);

        Emission emission = emissions.result(end, BODY, START);

        assertThat(emission.sink()).isEqualTo(Sinks.RESULTS);
        assertThat(emission.message().value()).isEqualTo(BODY);
        assertThat(JobResult.read(emission.message().headers()))
                .isEqualTo(
                        new JobResult(
                                "job-1",
                                200,
                                "text/event-stream",
                                "beta",
                                2,
                                Instant.ofEpochMilli(START),
                                Instant.ofEpochMilli(START + 9)));
    }

    @Test
    void aDeadLetterHasAllThatIsNeededToQueueItsJobAgain() {
        JobRow row = Objects.requireNonNull(RowSample.byState().get("dead"));

        Emission emission = emissions.deadLetter(row, BODY);

        Headers headers = emission.message().headers();
        assertThat(emission.sink()).isEqualTo(Sinks.DEAD_LETTERS);
        assertThat(emission.message().key()).isEqualTo("job-1");
        assertThat(emission.message().value()).isEqualTo(BODY);
        assertThat(JobRecords.read(headers, Priority.HIGH, RecordSample.at(0, 0)))
                .isEqualTo(row.job());
        assertThat(text(headers, CloudEventHeaders.POOL)).isEqualTo("p1");
        assertThat(text(headers, CloudEventHeaders.PRIORITY)).isEqualTo("high");
    }

    @Test
    void aDeadLetterTellsWhyItsJobDied() {
        JobRow row = Objects.requireNonNull(RowSample.byState().get("dead"));

        Headers headers = emissions.deadLetter(row, BODY).message().headers();

        assertThat(headers.headers(CloudEventHeaders.TYPE)).hasSize(1);
        assertThat(text(headers, CloudEventHeaders.TYPE)).isEqualTo("io.kagu.deadletter.v1");
        assertThat(text(headers, CloudEventHeaders.REASON_CODE)).isEqualTo("fault");
        assertThat(text(headers, CloudEventHeaders.REASON)).isEqualTo("status 500");
        assertThat(text(headers, CloudEventHeaders.ENDED))
                .isEqualTo(Instant.ofEpochMilli(START + 90).toString());
        assertThat(text(headers, CloudEventHeaders.ATTEMPTS))
                .contains("\"gpu\":\"alpha\"", "\"error\":\"status 500\"");
    }

    @Test
    void aBadRecordKeepsItsHeadersAndItsValueAndTellsWhereItCameFrom() {
        Record<String, byte[]> bad =
                RecordSample.job("p1", "small")
                        .with(CloudEventHeaders.ID, "not a valid id")
                        .with("x-own", "kept")
                        .row();

        Emission emission = emissions.badRecord(bad, RecordSample.at(3, 17), "what is wrong");

        Headers headers = emission.message().headers();
        assertThat(emission.sink()).isEqualTo(Sinks.DEAD_LETTERS);
        assertThat(emission.message().key()).isEqualTo(JobIds.ofRecord("kagu.jobs.high", 3, 17));
        assertThat(emission.message().value()).isEqualTo(bad.value());
        assertThat(text(headers, "x-own")).isEqualTo("kept");
        assertThat(text(headers, CloudEventHeaders.ID)).isEqualTo("not a valid id");
        assertThat(text(headers, CloudEventHeaders.REASON_CODE)).isEqualTo("bad_record");
        assertThat(text(headers, CloudEventHeaders.REASON)).isEqualTo("what is wrong");
        assertThat(text(headers, CloudEventHeaders.ORIGIN)).isEqualTo("kagu.jobs.high/3/17");
        assertThat(bad.headers().lastHeader(CloudEventHeaders.ORIGIN)).isNull();
    }

    @Test
    void aBadRecordWithoutAValueTakesNoLetterBack() {
        Record<String, byte[]> bad =
                new Record<>("p1", null, START, RecordSample.job("p1", "small").headers());

        Emission emission = emissions.badRecord(bad, RecordSample.at(3, 17), "no body");

        assertThat(emission.message().value()).isEmpty();
    }

    @Test
    void aRetryGoesBackToItsPool() {
        JobRow row = Objects.requireNonNull(RowSample.byState().get("retrying"));

        Emission emission = emissions.retry(row, (JobState.Retrying) row.state());

        assertThat(emission.sink()).isEqualTo(Sinks.RETRY);
        assertThat(emission.message().key()).isEqualTo("p1");
        GoldenFile golden = new GoldenFile("retry-notice-v1.json");
        golden.mustBe(new String(emission.message().value(), StandardCharsets.UTF_8));
        assertThat(Json.read(golden.bytes(), RetryNotice.class))
                .isEqualTo(
                        new RetryNotice(
                                RetryNotice.SCHEMA,
                                "job-1",
                                1,
                                Instant.ofEpochMilli(START + 1_000),
                                "fault"));
    }

    @Test
    void anAbortNamesTheAttemptThatIsToStop() {
        Lease lease = new Lease("job-1", 2, "beta", "e-1", START, START + 1);

        Emission emission = emissions.abort(lease, START + 7);

        assertThat(emission.sink()).isEqualTo(Sinks.ABORTS);
        assertThat(emission.message().key()).isEqualTo("job-1");
        assertThat(Json.read(emission.message().value(), AbortCommand.class))
                .isEqualTo(AbortCommand.of("job-1", 2));
    }

    private static String text(Headers headers, String name) {
        return RecordSample.text(headers, name).orElseThrow();
    }
}
