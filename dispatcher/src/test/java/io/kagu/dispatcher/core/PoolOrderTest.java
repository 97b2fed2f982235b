package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PoolOrderTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");

    private final PoolRig rig = new PoolRig();

    @Test
    void aHigherLaneGoesFirstAndWithinALaneTheEarlierJob() {
        rig.submit(JobSample.named("low").in(Priority.LOW));
        rig.submit("normal-1", "normal-2");
        rig.submit(JobSample.named("high").in(Priority.HIGH));

        rig.use(ALPHA.slots(4));

        assertThat(rig.fillAll())
                .containsExactly("high@alpha", "normal-1@alpha", "normal-2@alpha", "low@alpha");
    }

    @Test
    void aJobWhoseGpusAreBusyBlocksNoOther() {
        rig.use(ALPHA, GpuSample.named("beta").serving("b"));
        rig.submit(JobSample.named("busy").in(Priority.HIGH));
        rig.submit(JobSample.named("waits").in(Priority.HIGH));
        rig.submit(JobSample.named("free").in(Priority.LOW).asking("b"));

        assertThat(rig.fillAll()).containsExactly("busy@alpha", "free@beta");
    }

    @Test
    void aRetriedJobReturnsToItsOriginalPlace() {
        rig.use(ALPHA);
        rig.running("first");
        rig.submit("second", "third");
        rig.finish("first", Outcomes.FAULT);
        assertThat(rig.fillAll()).containsExactly("second@alpha");

        rig.advance(5_000).tick();
        rig.finish("second", Outcomes.COMPLETED);

        assertThat(rig.fillAll()).containsExactly("first@alpha");
    }

    @Test
    void aRetryNoticeQueuesItsJobOnlyOnceItsTimeHasCome() {
        rig.use(ALPHA);
        rig.running("job");
        rig.finish("job", Outcomes.busyFor(3_000));

        assertThat(rig.advance(2_999).retry("job", 1)).isEmpty();
        rig.advance(1);
        assertThat(rig.retry("job", 2)).isEmpty();
        assertThat(rig.retry("another", 1)).isEmpty();
        assertThat(rig.retry("job", 1)).hasSize(1);
        assertThat(rig.retry("job", 1)).isEmpty();
        assertThat(rig.state("job")).isEqualTo(new JobState.Queued(rig.now()));
    }

    @Test
    void aRetryNoticeAtTheDeadlineComesTooLate() {
        rig.use(ALPHA.slots(2));
        rig.submit(JobSample.named("late").until(rig.now() + 3_000));
        rig.submit(JobSample.named("just").until(rig.now() + 3_001));
        rig.fillAll();
        rig.finish("late", Outcomes.busyFor(3_000));
        rig.finish("just", Outcomes.busyFor(3_000));
        rig.advance(3_000);

        assertThat(rig.retry("late", 1)).isEmpty();
        assertThat(rig.retry("just", 1)).hasSize(1);
    }

    @Test
    void nothingIsGrantedWithoutAFreeCall() {
        rig.use(ALPHA);
        rig.submit("job");

        assertThat(rig.run(fill(0))).isEmpty();
        assertThat(rig.run(fill(1))).hasSize(1);
    }

    @Test
    void aPositionCountsTheJobsThatGoBefore() {
        rig.submit(JobSample.named("low").in(Priority.LOW));
        rig.submit("normal-1");
        rig.submit(JobSample.named("normal-b").asking("b"));
        rig.submit("normal-2");
        rig.submit(JobSample.named("high").in(Priority.HIGH).asking("b"));

        assertThat(rig.position("high")).isZero();
        assertThat(rig.position("normal-1")).isEqualTo(1);
        assertThat(rig.position("normal-2")).isEqualTo(3);
        assertThat(rig.position("low")).isEqualTo(4);
        assertThat(among("normal-2", "a")).isEqualTo(1);
        assertThat(among("normal-2", "b")).isEqualTo(2);
        assertThat(among("low", "a", "b")).isEqualTo(4);
        assertThat(among("low", "unheard-of")).isZero();
    }

    private long among(String id, String... models) {
        return rig.pool().positionAmong(rig.row(id), List.of(models)).orElseThrow();
    }

    @Test
    void onlyAQueuedJobHasAPosition() {
        rig.use(ALPHA);
        rig.running("job");

        assertThat(rig.pool().position(rig.row("job"))).isEmpty();
        assertThat(rig.pool().positionAmong(rig.row("job"), List.of("a"))).isEmpty();
    }

    @Test
    void aModelIsTestedOnlyIfItsFirstJobCouldGoNext() {
        WaitingOrder order = new WaitingOrder();
        order.add(JobRows.queuedTicket("acme", 1, 5));
        order.add(JobRows.queuedTicket("beta", 2, 0));
        List<String> tested = new ArrayList<>();

        Optional<Ticket> first = order.first(ticket -> tested.add(ticket.model()));

        assertThat(first).map(Ticket::sequence).contains(2L);
        assertThat(tested).containsExactly("a");
    }

    @Test
    void decidingChangesNothing() {
        rig.use(ALPHA);
        rig.submit("job");
        PoolCommand fill = fill(1);
        Rows rows = id -> Optional.of(rig.row(id));

        assertThat(rig.pool().decide(fill, rows)).isEqualTo(rig.pool().decide(fill, rows));
        assertThat(rig.status().running()).isZero();
    }

    private PoolCommand fill(int freeCalls) {
        return new PoolCommand.Fill(Taker.own(PoolRig.EXECUTOR, freeCalls), rig.now());
    }
}
