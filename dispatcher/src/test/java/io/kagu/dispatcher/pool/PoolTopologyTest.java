package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.JobResult;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobCommand;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.GoldenFile;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.executor.Call;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

class PoolTopologyTest {

    private static final Topics TOPICS = PoolTopologyRig.TOPICS;
    private static final String JOBS = TOPICS.jobs(Priority.NORMAL);
    private static final Outcome COMPLETED = new Outcome.Completed(200, "application/json");
    private static final String CANCEL =
            new String(
                    Json.write(JobCommand.cancel("job-1", PoolTopologyRig.START)),
                    StandardCharsets.UTF_8);
    private static final Outcome REJECTED =
            new Outcome.Rejected("rejected", OptionalInt.of(400), "no such field");
    private static final Duration A_TICK = Duration.ofMillis(50);

    private PoolTopologyRig rig;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        rig = new PoolTopologyRig(stateDir);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void theTopologyIsAsWrittenDown() {
        String now = PoolTopologyRig.topology().describe().toString();

        new GoldenFile("topology.txt").mustBe(now);
    }

    @Test
    void aJobIsTakenInAndWaitsForAGpu() {
        rig.pipe(JOBS, job("job-1"));

        assertThat(rig.events()).containsExactly(JobEvent.Type.JOB_QUEUED);
        assertThat(rig.calls()).isEmpty();
    }

    @Test
    void aGpuInTheRegistryGetsTheWaitingJobsCall() {
        rig.pipe(JOBS, job("job-1"));
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);

        assertThat(rig.events())
                .containsExactly(JobEvent.Type.JOB_QUEUED, JobEvent.Type.JOB_STARTED);
        Call call = rig.calls().getFirst();
        assertThat(call.job().id()).isEqualTo("job-1");
        assertThat(call.pool()).isEqualTo("p1");
        assertThat(call.gpu()).isEqualTo(PoolGpu.in("p1"));
        assertThat(call.attempt()).isEqualTo(1);
        assertThat(call.body()).asString().isEqualTo(RecordSample.BODY);
    }

    @Test
    void aFallbackIsCalledByItsOwnModelsName() {
        rig.register(PoolGpu.ofTiny("p1"));
        rig.register(PoolGpu.drainedWithFallback("p1"));
        rig.pipe(JOBS, job("job-1"));
        rig.advance(A_TICK);

        Call call = rig.calls().getFirst();
        assertThat(call.gpu().name()).isEqualTo("beta");
        assertThat(call.model()).isEqualTo("tiny");
    }

    @Test
    void aResponseBecomesAResultAndTheNextJobIsCalled() {
        Call first = running("job-1");
        rig.pipe(JOBS, job("job-2"));
        rig.events();

        rig.end(first, COMPLETED, "hello");

        TestRecord<String, byte[]> result = rig.read(TOPICS.results()).getFirst();
        assertThat(result.key()).isEqualTo("job-1");
        assertThat(result.value()).asString().isEqualTo("hello");
        assertThat(JobResult.read(result.headers()).status()).isEqualTo(200);
        assertThat(rig.events())
                .containsExactly(JobEvent.Type.JOB_COMPLETED, JobEvent.Type.JOB_STARTED);
        assertThat(rig.calls().getLast().job().id()).isEqualTo("job-2");
    }

    @Test
    void aRejectedJobGoesToTheDeadLettersWithItsBody() {
        Call call = running("job-1");

        rig.end(call, REJECTED, "");

        TestRecord<String, byte[]> letter = rig.read(TOPICS.deadLetters()).getFirst();
        assertThat(letter.key()).isEqualTo("job-1");
        assertThat(letter.value()).asString().isEqualTo(RecordSample.BODY);
        assertThat(text(letter, CloudEventHeaders.REASON_CODE)).isEqualTo("rejected");
        assertThat(rig.events()).containsExactly(JobEvent.Type.JOB_DEAD);
        assertThat(rig.read(TOPICS.results())).isEmpty();
    }

    @Test
    void aRequeueOfADeadLetterIsCalledAgainWithItsBody() {
        rig.end(running("job-1"), REJECTED, "");
        TestRecord<String, byte[]> letter = rig.read(TOPICS.deadLetters()).getFirst();
        rig.events();

        rig.pipe(TOPICS.commands(), requeue(letter));

        assertThat(rig.events())
                .containsExactly(
                        JobEvent.Type.JOB_DEAD,
                        JobEvent.Type.JOB_QUEUED,
                        JobEvent.Type.JOB_STARTED);
        assertThat(rig.read(TOPICS.deadLetters()))
                .extracting(TestRecord::key, TestRecord::value)
                .containsExactly(tuple("job-1", null));
        Call again = rig.calls().getLast();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.body()).asString().isEqualTo(RecordSample.BODY);

        rig.pipe(TOPICS.commands(), requeue(letter));
        assertThat(rig.calls()).hasSize(2);
        rig.end(again, COMPLETED, "hello");
        assertThat(rig.read(TOPICS.results())).hasSize(1);
    }

    @Test
    void anOwnerThatKnowsNothingOfTheJobTakesItFromItsLetter(@TempDir Path elsewhere) {
        TestRecord<String, byte[]> letter;
        try (PoolTopologyRig before = new PoolTopologyRig(elsewhere)) {
            before.register(PoolGpu.in("p1"));
            before.advance(A_TICK);
            before.pipe(JOBS, job("job-1"));
            before.end(before.calls().getLast(), REJECTED, "");
            letter = before.read(TOPICS.deadLetters()).getFirst();
        }
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);

        rig.pipe(TOPICS.commands(), requeue(letter));

        assertThat(rig.calls().getLast().attempt()).isEqualTo(2);
        assertThat(rig.calls().getLast().body()).asString().isEqualTo(RecordSample.BODY);
    }

    @Test
    void aDiscardedLetterIsTakenBackAndItsJobStaysDead() {
        rig.end(running("job-1"), REJECTED, "");
        rig.read(TOPICS.deadLetters());
        byte[] discard = Json.write(JobCommand.discard("job-1", 1, PoolTopologyRig.START));
        RecordSample command = plain("p1", new String(discard, StandardCharsets.UTF_8));

        rig.pipe(TOPICS.commands(), command);
        rig.pipe(TOPICS.commands(), command);
        rig.pipe(JOBS, job("job-1"));

        assertThat(rig.read(TOPICS.deadLetters()))
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter.value()).isNull());
        assertThat(rig.calls()).hasSize(1);
    }

    @Test
    void aFailedCallIsMadeAgainAfterItsPause() {
        Call first = running("job-1");

        rig.end(first, new Outcome.Fault("status 500"), "");
        assertThat(rig.read(TOPICS.retry())).hasSize(1);
        rig.advance(Duration.ofSeconds(2));

        assertThat(rig.events())
                .containsExactly(
                        JobEvent.Type.JOB_RETRYING,
                        JobEvent.Type.JOB_QUEUED,
                        JobEvent.Type.JOB_STARTED);
        assertThat(rig.calls()).extracting(Call::attempt).containsExactly(1, 2);
    }

    @Test
    void aCancelOfARunningJobAsksForItsAbort() {
        Call call = running("job-1");

        rig.pipe(TOPICS.commands(), plain("p1", CANCEL));
        assertThat(rig.read(TOPICS.aborts())).extracting(TestRecord::key).containsExactly("job-1");
        rig.end(call, new Outcome.Aborted(), "");

        assertThat(rig.events())
                .containsExactly(JobEvent.Type.JOB_CANCEL_REQUESTED, JobEvent.Type.JOB_CANCELLED);
    }

    @Test
    void aDuplicateIsToldAgainAndCalledOnce() {
        running("job-1");

        rig.pipe(JOBS, job("job-1"));

        assertThat(rig.events()).containsExactly(JobEvent.Type.JOB_STARTED);
        assertThat(rig.calls()).hasSize(1);
    }

    @Test
    void aJobUnderTheWrongKeyIsSentToItsPool() {
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);

        rig.pipe(JOBS, RecordSample.job("elsewhere", "small").with("ce_id", "job-1"));

        assertThat(rig.calls()).extracting(call -> call.job().id()).containsExactly("job-1");
        assertThat(rig.calls().getFirst().pool()).isEqualTo("p1");
    }

    @Test
    void aWaitingJobFollowsItsModelAndItsCancelFollowsIt() {
        running("job-1");
        rig.pipe(JOBS, job("job-2"));
        rig.pipe(JOBS, job("job-3"));
        rig.register(PoolGpu.in("p2"));
        rig.advance(A_TICK);
        rig.advance(Duration.ofSeconds(1));
        rig.pipe(JOBS, job("job-1"));
        rig.pipe(JOBS, job("job-2"));
        assertThat(rig.calls()).hasSize(1);

        rig.advance(Duration.ofSeconds(2));
        rig.pipe(TOPICS.commands(), plain("p1", CANCEL.replace("job-1", "job-3")));

        assertThat(rig.calls()).extracting(Call::pool).containsExactly("p1", "p2");
        assertThat(rig.calls().getLast().job().id()).isEqualTo("job-2");
        assertThat(rig.calls().getLast().body()).asString().isEqualTo(RecordSample.BODY);
        assertThat(rig.events()).endsWith(JobEvent.Type.JOB_QUEUED, JobEvent.Type.JOB_CANCELLED);
    }

    @Test
    void recordsThatCannotBeReadGoToTheDeadLettersAndTheNextOnesAreRead() {
        rig.pipe(JOBS, plain("p1", "a job without a model"));
        rig.pipe(TOPICS.commands(), plain("p1", "no json"));
        rig.pipe(TOPICS.commands(), plain(null, CANCEL));
        rig.pipe(TOPICS.retry(), plain("p1", "{"));
        rig.pipe(TOPICS.outcomes(), plain("p1", "an outcome without headers"));
        rig.pipe(JOBS, job("job-1"));

        List<TestRecord<String, byte[]>> letters = rig.read(TOPICS.deadLetters());
        assertThat(letters)
                .extracting(letter -> text(letter, CloudEventHeaders.ORIGIN))
                .containsExactly(
                        JOBS + "/0/0",
                        TOPICS.commands() + "/0/0",
                        TOPICS.commands() + "/0/1",
                        TOPICS.retry() + "/0/0",
                        TOPICS.outcomes() + "/0/0");
        assertThat(letters)
                .extracting(letter -> text(letter, CloudEventHeaders.REASON_CODE))
                .containsOnly("bad_record");
        assertThat(letters.getFirst().value()).asString().isEqualTo("a job without a model");
        assertThat(rig.events()).containsExactly(JobEvent.Type.JOB_QUEUED);
    }

    @Test
    void theQueueIsReportedEverySecond() {
        rig.pipe(JOBS, job("job-1"));
        rig.advance(Duration.ofSeconds(1));

        TestRecord<String, byte[]> report = rig.read(TOPICS.queueStatus()).getLast();
        QueueStatus status = Json.read(report.value(), QueueStatus.class);
        assertThat(report.key()).isEqualTo("p1");
        assertThat(status.owner()).isEqualTo(RecordingCalls.INCARNATION);
        assertThat(status.lanes().get(1).waiting()).isEqualTo(1);
    }

    private Call running(String id) {
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);
        rig.pipe(JOBS, job(id));
        rig.events();
        return rig.calls().getLast();
    }

    private static RecordSample job(String id) {
        return RecordSample.job("p1", "small").with(CloudEventHeaders.ID, id);
    }

    private static RecordSample requeue(TestRecord<String, byte[]> letter) {
        DeadLetter read = DeadLetter.read(letter.key(), letter.headers(), PoolTopologyRig.START);
        return new RecordSample(
                read.pool().orElseThrow(),
                new String(letter.value(), StandardCharsets.UTF_8),
                read.requeue().orElseThrow().headers("operator"));
    }

    private static RecordSample plain(String key, String value) {
        return new RecordSample(key, value, new RecordHeaders());
    }

    private static String text(TestRecord<String, byte[]> row, String header) {
        return RecordSample.text(row.headers(), header).orElseThrow();
    }
}
