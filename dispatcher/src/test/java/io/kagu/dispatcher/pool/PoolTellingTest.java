package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.CloudEventHeaders;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.dispatcher.core.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** What the owner tells beside the jobs' events: places, meters, and breakers at once. */
class PoolTellingTest {

    private static final String JOBS = PoolTopologyRig.TOPICS.jobs(Priority.NORMAL);
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
    void aWaitingJobsPlaceIsToldAtTheNextTick() {
        submit("job-1");
        submit("job-2");

        CompletableFuture<PlaceAnswer> answer = ask("p1", "job-2");
        assertThat(answer).isNotDone();

        JobPlace place = known(answer);
        assertThat(place.state()).isEqualTo(JobStatus.QUEUED);
        assertThat(place.position()).hasValue(1);
        assertThat(place.depth()).isEqualTo(2);
        assertThat(place.reasons()).extracting("code").containsExactly("unserved");
    }

    @Test
    void manyJobsAreToldOfAtOneMomentAndUnknownOnesAreLeftOut() {
        submit("job-1");
        submit("job-2");

        CompletableFuture<PlaceAnswer> answer = ask("p1", "job-2", "job-3", "job-1");
        rig.advance(A_TICK);

        assertThat(((PlaceAnswer.Told) answer.join()).places())
                .extracting(JobPlace::id)
                .containsExactly("job-2", "job-1");
        assertThat(((PlaceAnswer.Told) answer.join()).places())
                .extracting(JobPlace::asOf)
                .containsOnly(known(answer).asOf());
    }

    @Test
    void theStatusSaysWhereItsOwnerCanBeAsked() {
        submit("job-1");
        rig.advance(Duration.ofSeconds(1));

        assertThat(statuses().getLast().ownerUrl()).contains("http://dispatcher-1:8083");
    }

    @Test
    void aJobThatEndedIsKnownButHasNoPosition() {
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);
        submit("job-1");
        rig.end(
                rig.calls().getLast(),
                new Outcome.Rejected("rejected", OptionalInt.of(400), "no such field"),
                "");

        JobPlace place = known(ask("p1", "job-1"));

        assertThat(place.state()).isEqualTo(JobStatus.DEAD);
        assertThat(place.position()).isEmpty();
        assertThat(place.reasons()).isEmpty();
    }

    @Test
    void aJobOfAnotherPoolIsUnknown() {
        submit("job-1");

        CompletableFuture<PlaceAnswer> answer = ask("p2", "job-1");
        rig.advance(A_TICK);

        assertThat(answer).isCompletedWithValue(new PlaceAnswer.Told(List.of()));
        rig.read(PoolTopologyRig.TOPICS.queueStatus());
        rig.advance(Duration.ofSeconds(1));
        assertThat(rig.read(PoolTopologyRig.TOPICS.queueStatus()))
                .as("a question founds no pool")
                .allSatisfy(row -> assertThat(row.key()).isEqualTo("p1"));
    }

    @Test
    void aTaskThatIsGivenUpAnswersNoMoreAndItsGaugesAreGone() {
        submit("job-1");
        rig.advance(Duration.ofSeconds(1));
        MeterRegistry meters = rig.meters();
        assertThat(meters.find("kagu.pool.running").tag("pool", "p1").gauges()).hasSize(1);

        rig.close();

        assertThat(ask("p1", "job-1")).isCompletedWithValue(new PlaceAnswer.NotOwner());
        assertThat(meters.getMeters()).noneMatch(meter -> meter instanceof Gauge);
    }

    @Test
    void everyMoveOfABreakerIsToldAtOnceAndCounted() {
        openBreaker();

        List<QueueStatus> told = statuses();
        assertThat(told.getLast().gpus().getFirst().breaker()).isEqualTo("OPEN");
        assertThat(moves("open")).isEqualTo(1);
        assertThat(moves("closed")).isZero();
    }

    @Test
    void aFaultThatLeavesTheBreakerClosedIsNotToldAtOnce() {
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);
        submit("job-1");
        statuses();

        rig.end(rig.calls().getLast(), new Outcome.Fault("status 500"), "");

        assertThat(statuses()).isEmpty();
        assertThat(moves("open")).isZero();
    }

    /** A job fails three times; the third time opens it. */
    private void openBreaker() {
        rig.register(PoolGpu.in("p1"));
        rig.advance(A_TICK);
        submit("job-1");
        for (int attempt = 1; attempt <= 3; attempt++) {
            awaitCall(attempt);
            statuses();
            rig.end(rig.calls().getLast(), new Outcome.Fault("status 500"), "");
        }
    }

    /** Pauses after faults in a row hold the next call back. */
    private void awaitCall(int attempt) {
        for (int i = 0; i < 60 && rig.calls().size() < attempt; i++) {
            rig.advance(Duration.ofSeconds(1));
        }
        assertThat(rig.calls()).hasSize(attempt);
    }

    private double moves(String phase) {
        var counter = rig.meters().find("kagu.gpu.breaker.changes").tag("phase", phase).counter();
        return counter == null ? 0 : counter.count();
    }

    private List<QueueStatus> statuses() {
        return rig.read(PoolTopologyRig.TOPICS.queueStatus()).stream()
                .map(row -> Json.read(row.value(), QueueStatus.class))
                .toList();
    }

    private JobPlace known(CompletableFuture<PlaceAnswer> answer) {
        rig.advance(A_TICK);
        assertThat(answer).isCompletedWithValueMatching(is -> is instanceof PlaceAnswer.Told);
        return ((PlaceAnswer.Told) answer.join()).places().getFirst();
    }

    private CompletableFuture<PlaceAnswer> ask(String pool, String... jobIds) {
        return rig.places().ask(pool, List.of(jobIds));
    }

    private void submit(String id) {
        rig.pipe(JOBS, RecordSample.job("p1", "small").with(CloudEventHeaders.ID, id));
    }
}
