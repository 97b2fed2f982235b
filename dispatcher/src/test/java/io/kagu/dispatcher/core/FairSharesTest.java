package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** How tenants share a lane, seen from outside. */
class FairSharesTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");

    private final PoolRig rig = new PoolRig();

    @Test
    void oneTenantAloneGetsFirstInFirstOutWhateverItsJobsCostAndAskFor() {
        rig.use(ALPHA.serving("a", "b"));
        rig.submit(JobSample.named("1").costing(9_000));
        rig.submit(JobSample.named("2").costing(5).asking("b"));
        rig.submit(JobSample.named("3").costing(700));
        rig.submit(JobSample.named("4").costing(1).asking("b"));

        assertThat(served(rig, 4)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aTenantThatComesLaterDoesNotStandBehindTheBacklogOfAnother() {
        rig.use(ALPHA);
        backlog("a-", 10, JobSample.named("").by("acme"));
        backlog("b-", 3, JobSample.named("").by("beta"));

        assertThat(served(rig, 8))
                .containsExactly("a-0", "b-0", "a-1", "b-1", "a-2", "b-2", "a-3", "a-4");
    }

    @Test
    void tenantsShareTokensNotJobs() {
        rig.use(ALPHA);
        backlog("a-", 20, JobSample.named("").by("acme").costing(300));
        backlog("b-", 60, JobSample.named("").by("beta").costing(100));

        List<String> served = served(rig, 40);

        assertThat(served.stream().filter(id -> id.startsWith("a-"))).hasSize(10);
        assertThat(served.stream().filter(id -> id.startsWith("b-"))).hasSize(30);
    }

    @Test
    void tenantsShareByWeight() {
        PoolRig weighing = PoolRig.weighing("acme=3");
        weighing.use(ALPHA);
        for (int i = 0; i < 30; i++) {
            weighing.submit(JobSample.named("a-" + i).by("acme"));
            weighing.submit(JobSample.named("b-" + i).by("beta"));
        }

        List<String> served = served(weighing, 40);

        assertThat(served.stream().filter(id -> id.startsWith("a-"))).hasSize(30);
        assertThat(served.stream().filter(id -> id.startsWith("b-"))).hasSize(10);
    }

    @Test
    void whoWasAwayHasNoCreditForIt() {
        rig.use(ALPHA);
        backlog("a-", 40, JobSample.named("").by("acme"));
        served(rig, 20);

        backlog("b-", 20, JobSample.named("").by("beta"));

        assertThat(served(rig, 10).stream().filter(id -> id.startsWith("b-"))).hasSize(5);
    }

    @Test
    void aTenantThatSendsOneLargeJobAtATimeIsNotServedAheadOfItsShare() {
        rig.use(ALPHA);
        backlog("a-", 40, JobSample.named("").by("acme").costing(100));
        rig.submit(JobSample.named("b-0").by("beta").costing(1_000));
        List<String> served = new ArrayList<>(served(rig, 4));
        rig.submit(JobSample.named("b-1").by("beta").costing(1_000));
        served.addAll(served(rig, 16));

        assertThat(served).contains("b-0", "b-1");
        assertThat(served.indexOf("b-1") - served.indexOf("b-0")).isEqualTo(11);
    }

    @Test
    void lanesStayStrictWhateverATenantHadBefore() {
        rig.use(ALPHA);
        backlog("a-", 10, JobSample.named("").by("acme").in(Priority.HIGH));
        rig.submit(JobSample.named("b").by("beta"));
        rig.submit(JobSample.named("c").by("acme").in(Priority.HIGH));

        assertThat(rig.position("c")).isEqualTo(10);
        assertThat(rig.position("b")).isEqualTo(11);
    }

    /**
     * The slow model's GPU is busy while the other model, which it serves too, goes on elsewhere.
     */
    @Test
    void aNewTenantDoesNotStandBehindTheBacklogOfABusyModel() {
        rig.use(ALPHA.serving("a", "b"), GpuSample.named("beta").serving("b"));
        backlog("a-", 10, JobSample.named("").by("acme"));
        rig.fillAll();
        backlog("c-", 30, JobSample.named("").by("gamma").asking("b"));
        finishAll(rig, served(rig, 20, "c-"));

        rig.submit(JobSample.named("late").by("beta"));

        JobRow late = rig.row("late");
        assertThat(rig.pool().positionAmong(late, List.of("a"))).hasValue(1);
    }

    @Test
    void whoUsesAFastModelDoesNotStandBehindTheBacklogOfASlowOne() {
        rig.use(ALPHA, GpuSample.named("beta").serving("b"));
        backlog("a-", 10, JobSample.named("").by("acme"));
        rig.fillAll();
        backlog("c-", 30, JobSample.named("").by("beta").asking("b").costing(5_000));
        finishAll(rig, served(rig, 20, "c-"));

        rig.submit(JobSample.named("late").by("beta"));

        JobRow late = rig.row("late");
        assertThat(rig.pool().positionAmong(late, List.of("a"))).hasValue(1);
    }

    @Test
    void whoComesWhileAnOldJobWaitsAgainGetsNoneOfItsPlace() {
        rig.use(ALPHA);
        backlog("a-", 20, JobSample.named("").by("acme"));
        rig.fillAll();
        rig.finish("a-0", Outcomes.busyFor(60_000));
        served(rig, 10);
        rig.advance(60_000).tick();
        assertThat(rig.position("a-0")).isZero();

        backlog("b-", 9, JobSample.named("").by("beta"));

        assertThat(served(rig, 6).stream().filter(id -> id.startsWith("b-"))).hasSize(2);
    }

    @Test
    void aBacklogThatWasCancelledCostsNothing() {
        rig.use(ALPHA);
        rig.running("busy");
        backlog("a-", 10, JobSample.named("").by("acme"));
        backlog("b-", 10, JobSample.named("").by("beta"));
        for (int i = 0; i < 10; i++) {
            rig.cancel("a-" + i);
        }

        rig.submit(JobSample.named("again").by("acme"));

        assertThat(rig.position("again")).isEqualTo(1);
    }

    @Test
    void timeStartsAgainWhenALaneIsEmpty() {
        rig.use(ALPHA);
        backlog("a-", 10, JobSample.named("").by("acme"));
        finishAll(rig, served(rig, 10));

        rig.submit(JobSample.named("next").by("acme"));

        assertThat(rig.row("next").tag()).isZero();
    }

    @Test
    void jobsPastTheLastTagGoBySequence() {
        JobRow last = JobRows.queued("last", 1, Long.MAX_VALUE - 1);
        rig.pool().apply(Pool.restored(last, rig.now()));

        rig.submit("one", "two");

        assertThat(rig.row("one").tag()).isEqualTo(Long.MAX_VALUE);
        assertThat(rig.position("one")).isEqualTo(1);
        assertThat(rig.position("two")).isEqualTo(2);
    }

    @Test
    void tenantsThatAreNotAheadAreForgotten() {
        FairShares shares = new FairShares(new WaitingOrder());
        for (int i = 0; i < 50_000; i++) {
            Ticket ticket = JobRows.ticket("tenant-" + i, i + 1L, i * 1_000L);
            shares.began(ticket);
            QueuedTicket queued = shares.waits(ticket);
            queued.share().leaves(queued);
        }

        assertThat(shares.remembered(Priority.NORMAL)).isLessThan(5_000);
    }

    @Test
    void evenTenantsThatAreAllAheadAreNotRememberedWithoutBound() {
        FairShares shares = new FairShares(new WaitingOrder());
        for (int i = 0; i < 300_000; i++) {
            Ticket ticket = JobRows.ticket("tenant-" + i, i + 1L, 0);
            shares.began(ticket);
            QueuedTicket queued = shares.waits(ticket);
            queued.share().leaves(queued);
        }

        assertThat(shares.remembered(Priority.NORMAL)).isLessThan(150_000);
    }

    private void backlog(String prefix, int jobs, JobSample like) {
        for (int i = 0; i < jobs; i++) {
            rig.submit(like.called(prefix + i));
        }
    }

    /** The next jobs that begin, each ended at once. */
    private static List<String> served(PoolRig rig, int jobs) {
        return served(rig, jobs, "");
    }

    private static List<String> served(PoolRig rig, int jobs, String prefix) {
        List<String> served = new ArrayList<>();
        while (served.size() < jobs) {
            running(rig, prefix).forEach(id -> rig.finish(id, Outcomes.COMPLETED));
            for (String grant : rig.fillAll()) {
                served.add(grant.split("@", 2)[0]);
            }
        }
        return served;
    }

    private static void finishAll(PoolRig rig, List<String> ids) {
        rig.liveRows().stream()
                .map(JobRow::id)
                .filter(ids::contains)
                .forEach(id -> rig.finish(id, Outcomes.COMPLETED));
    }

    private static List<String> running(PoolRig rig, String prefix) {
        return rig.liveRows().stream()
                .filter(row -> row.state() instanceof JobState.Running)
                .map(JobRow::id)
                .filter(id -> id.startsWith(prefix))
                .toList();
    }
}
