package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.Registry;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.PoolRules;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From when on a new owner asks for told ends, and what it says again. */
class TakeoverTest {

    private static final long NOW = RowSample.START + 1_000_000;
    private static final long OLD = NOW - 60_000;

    private final JournaledStore store = new JournaledStore(Sinks.JOBS_STORE);
    private final List<Long> asked = new ArrayList<>();

    @Test
    void toldEndsAreAskedForFromALittleBeforeTheTimeThatWasWrittenDown() {
        JobStore before = new JobStore(store);
        keep(before, waiting("old", 1, OLD));
        before.writeNewestChange();

        takeOver();

        assertThat(asked).containsExactly(OLD - 10_000);
    }

    @Test
    void onlyTheNewestRowsAreSaidAgainThoughNoTimeWasWrittenDown() {
        JobStore before = new JobStore(store);
        keep(before, waiting("old", 1, OLD));
        keep(before, waiting("new", 2, NOW));
        keep(before, waiting("newer", 3, NOW + 9_000));

        assertThat(takeOver()).containsExactlyInAnyOrder("new", "newer");
        assertThat(asked).containsExactly(0L);
    }

    /** Hands back the jobs that are said again. */
    private List<String> takeOver() {
        JobStore jobs = new JobStore(store);
        TaskPools pools =
                new TaskPools(
                        PoolRules.DEFAULTS,
                        jobs,
                        new Emissions("/test"),
                        new Takers(
                                new RecordingCalls(),
                                new HeartbeatBook(() -> Instant.ofEpochMilli(NOW))));
        Takeover takeover = new Takeover(jobs, pools, pool -> true);
        takeover.restore(
                Registry.EMPTY,
                since -> {
                    asked.add(since);
                    return List.of();
                },
                NOW);
        assertThat(pools.live()).isGreaterThan(0);
        Turn turn = Turn.empty();
        takeover.repeat(turn);
        return turn.emissions().stream().map(emission -> emission.message().key()).toList();
    }

    private static void keep(JobStore jobs, JobRow row) {
        jobs.gather(row);
        jobs.flush();
    }

    private static JobRow waiting(String id, long sequence, long at) {
        JobRow like = RowSample.queued(id);
        return new JobRow(
                like.job(),
                like.pool(),
                like.model(),
                sequence,
                like.tag(),
                like.cost(),
                like.run(),
                like.version(),
                like.bodyDigest(),
                at,
                at + 60_000,
                new JobState.Queued(at),
                like.attempt(),
                like.tally(),
                like.attempts(),
                at);
    }
}
