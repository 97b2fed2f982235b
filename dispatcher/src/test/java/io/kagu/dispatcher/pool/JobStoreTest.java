package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.pool.JobStore.Ended;
import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class JobStoreTest {

    private static final long AT = RowSample.START + 500;
    private static final JobKey KEY = new JobKey(RowSample.POOL, "job-1");

    private final JournaledStore store = new JournaledStore(Sinks.JOBS_STORE);
    private final JobStore jobs = new JobStore(store);

    @Test
    void aGatheredRowIsSeenAtOnceAndWrittenByTheFlush() {
        jobs.gather(RowSample.queued("job-1"));

        assertThat(jobs.of(RowSample.POOL).find("job-1")).contains(RowSample.queued("job-1"));
        assertThat(keys()).isEmpty();
        jobs.flush();
        assertThat(keys()).containsExactly("Lp1\0job-1");
        assertThat(jobs.of(RowSample.POOL).find("job-1")).contains(RowSample.queued("job-1"));
    }

    @Test
    void aBreakerIsKeptUntilNothingSpeaksAgainstItsGpu() {
        BreakerState open = new BreakerState("alpha", Phase.OPEN, 0, AT, Optional.empty(), 3, AT);
        jobs.gather("p1", open);
        jobs.gather("p2", BreakerState.untroubled("beta"));
        jobs.flush();
        List<String> found = new ArrayList<>();
        jobs.eachBreaker((pool, breaker) -> found.add(pool + ' ' + breaker.equals(open)));
        assertThat(found).containsExactly("p1 true");

        jobs.gather("p1", BreakerState.untroubled("alpha"));
        jobs.flush();
        assertThat(keys()).isEmpty();
    }

    @Test
    void rowsOfPoolsAreKeptApart() {
        write(RowSample.queued("job-1"));

        assertThat(jobs.of("p2").find("job-1")).isEmpty();
        assertThat(jobs.of(RowSample.POOL).find("job")).isEmpty();
    }

    @Test
    void anEndReplacesTheLiveRow() {
        write(RowSample.queued("job-1"));
        write(RowSample.ended("job-1", AT));

        assertThat(keys()).containsExactly("Ep1\0job-1", "X" + AT + "p1\0job-1");
        assertThat(liveRows()).isEmpty();
    }

    @Test
    void theNextRunOfAnEndedJobGoesFirstAndItsRetentionEnds() {
        JobRow ended = RowSample.ended("job-1", AT);
        write(RowSample.queued("job-1"));
        write(ended);

        jobs.reopen(ended);
        write(RowSample.run("job-1", 2));

        assertThat(keys()).containsExactly("Ep1\0job-1", "Lp1\0job-1");
        JobStore other = new JobStore(store);
        assertThat(other.of(RowSample.POOL).find("job-1")).contains(RowSample.run("job-1", 2));
        assertThat(other.completeEnds(row -> {})).isEmpty();
        assertThat(other.ended(0, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void aLiveRowOfTheRunThatEndedIsWhatACrashLeft() {
        write(RowSample.queued("job-1"));
        store.put("Ep1\0job-1", RowCodec.write(RowSample.ended("job-1", AT)));

        JobStore other = new JobStore(store);

        assertThat(other.of(RowSample.POOL).find("job-1")).contains(RowSample.ended("job-1", AT));
        assertThat(other.completeEnds(row -> {})).containsExactly(RowSample.ended("job-1", AT));
    }

    @Test
    void anEndIsWrittenBeforeTheLiveRowIsRemoved() {
        for (int kept = 0; kept <= 3; kept++) {
            JournaledStore cut = new JournaledStore(Sinks.JOBS_STORE);
            JobStore before = new JobStore(cut);
            before.gather(RowSample.queued("job-1"));
            before.flush();
            cut.commit();
            before.gather(RowSample.ended("job-1", AT));
            before.flush();
            cut.crash(new CrashAfter(kept));

            JobStore after = new JobStore(cut);
            assertThat(after.of(RowSample.POOL).find("job-1"))
                    .as("after %d of 3 writes", kept)
                    .contains(kept == 0 ? RowSample.queued("job-1") : RowSample.ended("job-1", AT));
        }
    }

    @Test
    void anEndThatACrashCutOffIsCompleted() {
        write(RowSample.queued("job-1"));
        write(RowSample.queued("job-2"));
        store.commit();
        write(RowSample.ended("job-1", AT));
        store.crash(new CrashAfter(1));
        assertThat(keys()).containsExactly("Ep1\0job-1", "Lp1\0job-1", "Lp1\0job-2");

        assertThat(jobs.completeEnds(_ -> {})).containsExactly(RowSample.ended("job-1", AT));

        assertThat(liveRows()).containsExactly(RowSample.queued("job-2"));
        assertThat(jobs.ended(0, Long.MAX_VALUE, 9)).containsExactly(new Ended(AT, KEY));
        assertThat(jobs.completeEnds(_ -> {})).isEmpty();
    }

    @Test
    void anEndIsNeverOverwrittenByALiveRow() {
        write(RowSample.ended("job-1", AT));
        write(RowSample.running("job-1"));

        JobStore next = new JobStore(store);
        assertThat(next.of(RowSample.POOL).find("job-1")).contains(RowSample.ended("job-1", AT));
    }

    @Test
    void everyLiveRowIsHandedOverAndNothingElse() {
        write(RowSample.running("job-2"));
        write(RowSample.queued("job-1"));
        write(RowSample.ended("job-3", AT));
        jobs.keepBody(KEY, new byte[] {1});
        jobs.rememberCancel(KEY, 1);
        jobs.number("offset", 3);

        assertThat(liveRows())
                .containsExactlyInAnyOrder(RowSample.queued("job-1"), RowSample.running("job-2"));
    }

    @Test
    void endedJobsComeInOrderOfTimeWithinARangeAndALimit() {
        write(RowSample.ended("c", AT));
        write(RowSample.ended("a", AT + 20));
        write(RowSample.ended("b", AT + 10));

        assertThat(endedIds(0, Long.MAX_VALUE, 9)).containsExactly("c", "b", "a");
        assertThat(endedIds(0, Long.MAX_VALUE, 2)).containsExactly("c", "b");
        assertThat(endedIds(AT + 10, AT + 20, 9)).containsExactly("b");
        assertThat(jobs.newestChange()).isEqualTo(AT + 20);
    }

    @Test
    void withoutAnEndAndUnlessItIsWrittenDownTheNewestChangeIsUnknown() {
        write(RowSample.queued("job-1"));

        assertThat(jobs.newestChange()).isZero();
    }

    @Test
    void theNewestChangeThatWasWrittenDownIsKnownToTheNextOwner() {
        write(RowSample.queued("job-1"));
        jobs.writeNewestChange();

        JobStore next = new JobStore(store);
        assertThat(next.newestChange()).isEqualTo(RowSample.queued("job-1").updatedAt());
        next.writeNewestChange();
        assertThat(next.newestChange()).isEqualTo(RowSample.queued("job-1").updatedAt());
    }

    @Test
    void aForgottenJobLeavesNothingBehind() {
        write(RowSample.ended("job-1", AT));

        jobs.forget(new Ended(AT, KEY));

        assertThat(keys()).isEmpty();
        assertThat(jobs.of(RowSample.POOL).find("job-1")).isEmpty();
    }

    @Test
    void aBodyIsKeptUntilItIsDropped() {
        jobs.keepBody(KEY, new byte[] {1, 2});
        assertThat(jobs.body(KEY)).hasValue(new byte[] {1, 2});

        jobs.dropBody(KEY);
        assertThat(jobs.body(KEY)).isEmpty();
    }

    @Test
    void aCancelThatCameEarlyIsRememberedUntilItIsForgotten() {
        List<JobKey> cancels = new ArrayList<>();
        jobs.rememberCancel(KEY, 1);
        jobs.eachCancel(cancels::add);
        assertThat(cancels).containsExactly(KEY);

        jobs.forgetCancel(KEY);
        assertThat(keys()).isEmpty();
    }

    @Test
    void numbersAreKeptByName() {
        jobs.number("jobs.high", 41);

        assertThat(jobs.number("jobs.high")).hasValue(41);
        assertThat(jobs.number("jobs.low")).isEmpty();
    }

    @Test
    void aCrashNeverKeepsALiveRowWithoutItsBody() {
        for (int kept = 0; kept <= 2; kept++) {
            JournaledStore cut = new JournaledStore(Sinks.JOBS_STORE);
            JobStore before = new JobStore(cut);
            before.gather(RowSample.queued("job-1"));
            before.keepBody(KEY, new byte[] {1});
            before.flush();
            cut.crash(new CrashAfter(kept));

            JobStore after = new JobStore(cut);
            after.eachLive(row -> assertThat(after.body(JobKey.of(row))).isPresent());
        }
    }

    private void write(JobRow row) {
        jobs.gather(row);
        jobs.flush();
    }

    private List<String> endedIds(long from, long to, int limit) {
        return jobs.ended(from, to, limit).stream().map(ended -> ended.key().jobId()).toList();
    }

    private List<JobRow> liveRows() {
        List<JobRow> rows = new ArrayList<>();
        jobs.eachLive(rows::add);
        assertThat(rows).allMatch(row -> row.state() instanceof JobState.Live);
        return rows;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
