package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

class PoolRebuildTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha").slots(2);
    private static final GpuSample BETA = GpuSample.named("beta").serving("b");
    private static final List<String> RUNNING = List.of("one", "two", "three");

    private static final List<String> TENANTS = List.of("acme", "beta", "gamma", "delta");

    private final PoolRig live = new PoolRig();

    /** Jobs in every live state and lane; one retries, one is being cancelled. */
    PoolRebuildTest() {
        live.use(ALPHA, BETA);
        live.submit("retries");
        live.fillAll();
        live.finish("retries", Outcomes.busyFor(4_000));
        live.submit("one", "two");
        live.submit(JobSample.named("three").asking("b"));
        live.fillAll();
        live.cancel("two");
        live.submit(JobSample.named("low").in(Priority.LOW));
        live.submit(JobSample.named("normal-b").asking("b"));
        live.submit(JobSample.named("high").in(Priority.HIGH));
        live.submit(JobSample.named("high-b").in(Priority.HIGH).asking("b"));
        live.submit(JobSample.named("short").until(live.now() + 3_000));
        live.advance(10);
    }

    @Test
    void aRebuiltPoolSaysOfItselfWhatTheLiveOneSays() {
        PoolRig rebuilt = live.takenOver(ALPHA, BETA);

        assertThat(rebuilt.pool().live()).isEqualTo(live.pool().live());
        assertThat(rebuilt.status())
                .usingRecursiveComparison()
                .as("all but how well waits were foretold, which begins anew")
                .ignoringFields("waits")
                .isEqualTo(live.status());
    }

    @Test
    void aRebuiltPoolDecidesAsTheLiveOneDoes() {
        PoolRig rebuilt = live.takenOver(ALPHA, BETA);

        assertThat(story(rebuilt)).isEqualTo(story(live));
        assertThat(rebuilt.status().lanes()).isEqualTo(live.status().lanes());
    }

    @Test
    void aRebuiltPoolKeepsToTheTokensOfItsGpusAsTheLiveOneDoes() {
        GpuSample limited = ALPHA.tokensPerMinute(250);
        PoolRig rig = new PoolRig();
        rig.use(limited);
        rig.submit("one", "two", "three");
        rig.fillAll();
        rig.completes("one", 120);
        PoolRig rebuilt = rig.advance(10).takenOver(limited);
        assertThat(rebuilt.fillAll()).isEqualTo(rig.fillAll()).isEmpty();

        rig.completes("two", 30);
        rebuilt.completes("two", 30);
        assertThat(rebuilt.status().gpus()).isEqualTo(rig.status().gpus());
        assertThat(rebuilt.fillAll()).isEqualTo(rig.fillAll()).containsExactly("three@alpha");
    }

    @Test
    void anAbortIsStillRepeatedUnderANewOwner() {
        PoolRig rebuilt = live.takenOver(ALPHA, BETA).advance(PoolRules.DEFAULTS.abortEvery());

        assertThat(rebuilt.watch(Sightings.NONE, Barriers.NONE))
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        PoolEvent.AbortAsked.class,
                        asked -> assertThat(asked.lease().jobId()).isEqualTo("two"));
    }

    @Test
    void aLeasesTimeStartsAgainUnderANewOwner() {
        Lease lease = live.lease("one");
        long length = lease.deadline() - lease.startedAt();

        assertThat(lease.restarted(lease.startedAt() + 500).deadline())
                .isEqualTo(lease.startedAt() + 500 + length);
        assertThat(Pool.restored(live.row("one"), lease.startedAt() + 500))
                .isInstanceOfSatisfying(
                        PoolEvent.Moved.class,
                        moved -> {
                            assertThat(moved.from()).isEmpty();
                            assertThat(moved.to().version()).isEqualTo(live.row("one").version());
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRebuildFromRowsInAnyOrderGivesTheSameOrderAndTheSameTags(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PoolRig before = busy(random);
        List<JobRow> rows = new ArrayList<>(before.liveRows());
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, random.nextInt(i + 1));
        }

        PoolRig rebuilt = before.takenOver(rows, ALPHA, BETA);

        assertThat(positions(rebuilt)).isEqualTo(positions(before));
        for (String tenant : TENANTS) {
            JobSample next = JobSample.named("next-of-" + tenant).by(tenant);
            before.submit(next);
            rebuilt.submit(next);
        }
        assertThat(rebuilt.liveRows()).isEqualTo(before.liveRows());
        assertThat(positions(rebuilt)).isEqualTo(positions(before));
        assertThat(rebuilt.fillAll()).isEqualTo(before.fillAll());
    }

    /** Many jobs of a few tenants, of which some run, some retry and some wait again. */
    private static PoolRig busy(SplittableRandom random) {
        PoolRig rig = PoolRig.weighing("acme=3,beta=2");
        rig.use(ALPHA, BETA);
        for (int i = 0; i < 60; i++) {
            JobSample job = JobSample.named("job-" + i);
            rig.submit(
                    job.by(TENANTS.get(random.nextInt(TENANTS.size())))
                            .in(Priority.values()[random.nextInt(3)])
                            .asking(random.nextInt(3) == 0 ? "b" : "a")
                            .costing(1 + random.nextInt(900)));
        }
        for (int round = 0; round < 6; round++) {
            for (String grant : rig.fillAll()) {
                Outcome outcome = random.nextInt(3) == 0 ? Outcomes.LOST : Outcomes.busyFor(9_000);
                rig.finish(grant.split("@", 2)[0], outcome);
            }
        }
        rig.fillAll();
        rig.liveRows().stream()
                .filter(row -> row.attempt() == 0 && row.sequence() < 60)
                .findFirst()
                .ifPresent(row -> rig.cancel(row.id()));
        return rig;
    }

    private static Map<String, Long> positions(PoolRig rig) {
        Map<String, Long> positions = new TreeMap<>();
        for (JobRow row : rig.liveRows()) {
            rig.pool().position(row).ifPresent(place -> positions.put(row.id(), place));
        }
        return positions;
    }

    @Test
    void aRebuiltPoolGivesNoSequenceOfALiveJobAgain() {
        PoolRig rebuilt = live.takenOver(ALPHA, BETA);
        rebuilt.submit("later");

        assertThat(rebuilt.row("later").sequence()).isGreaterThan(rebuilt.row("short").sequence());
    }

    /** Everything that is granted while the jobs of a pool come to their ends. */
    private static List<List<String>> story(PoolRig rig) {
        RUNNING.forEach(id -> rig.finish(id, Outcomes.COMPLETED));
        List<String> first = rig.fillAll();
        rig.advance(5_000).tick();
        first.forEach(grant -> rig.finish(grant.split("@", 2)[0], Outcomes.COMPLETED));
        List<String> second = rig.fillAll();
        return List.of(first, second);
    }
}
