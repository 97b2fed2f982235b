package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.Rows;
import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class RetentionTest {

    private static final long START = RowSample.START;
    private static final long GRACE = Retention.BODY_GRACE.toMillis();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MORE_THAN_A_SWEEP = 5_010;

    private final JournaledStore store = new JournaledStore(Sinks.JOBS_STORE);
    private final JobStore jobs = new JobStore(store);
    private final Rows rows = jobs.of(RowSample.POOL);
    private final Retention retention = new Retention(jobs, HOUR);

    @Test
    void theBodyOfAnEndedJobIsDroppedAfterItsGraceAndItsRowStays() {
        keep(RowSample.ended("job-1", START));

        retention.sweep(START + GRACE);
        assertThat(jobs.body(key("job-1"))).isPresent();

        retention.sweep(START + GRACE + 1);
        assertThat(jobs.body(key("job-1"))).isEmpty();
        assertThat(rows.find("job-1")).isPresent();
    }

    @Test
    void theRowOfAnEndedJobIsForgottenAfterItsRetention() {
        keep(RowSample.ended("job-1", START));

        retention.sweep(START + HOUR.toMillis());
        assertThat(rows.find("job-1")).isPresent();

        retention.sweep(START + HOUR.toMillis() + 1);
        assertThat(rows.find("job-1")).isEmpty();
        assertThat(jobs.newestChange()).isZero();
    }

    @Test
    void aLiveJobKeepsItsRowAndItsBody() {
        keep(RowSample.queued("job-1"));

        retention.sweep(START + 10 * HOUR.toMillis());

        assertThat(rows.find("job-1")).isPresent();
        assertThat(jobs.body(key("job-1"))).isPresent();
    }

    @Test
    void aJobThatWentToAnotherPoolKeepsItsBodyAsLongAsItsMarker() {
        keep(forwarded(START));

        retention.sweep(START + HOUR.toMillis());
        assertThat(jobs.body(key("job-1"))).isPresent();
        assertThat(rows.find("job-1")).isPresent();

        retention.sweep(START + HOUR.toMillis() + 1);
        assertThat(jobs.body(key("job-1"))).isEmpty();
        assertThat(rows.find("job-1")).isEmpty();
    }

    @Test
    void aJobThatCameBackOutlivesItsOldMarker() {
        keep(forwarded(START));
        keep(RowSample.queued("job-1"));

        retention.sweep(START + HOUR.toMillis() + 1);

        assertThat(jobs.body(key("job-1"))).isPresent();
        assertThat(rows.find("job-1")).contains(RowSample.queued("job-1"));
        assertThat(jobs.forwarded(0, Long.MAX_VALUE, 10)).isEmpty();
    }

    private static JobRow forwarded(long at) {
        return RowSample.in(RowSample.queued("job-1"), new JobState.Forwarded("p2", at));
    }

    @Test
    void aRetentionShorterThanTheGraceDropsBothTogether() {
        keep(RowSample.ended("job-1", START));
        Retention shorter = new Retention(jobs, Duration.ofSeconds(5));

        shorter.sweep(START + 5_001);

        assertThat(rows.find("job-1")).isEmpty();
        assertThat(jobs.body(key("job-1"))).isEmpty();
    }

    @Test
    void aSweepLetsGoOfABoundedNumberAndTheNextOnesOfTheRest() {
        for (int i = 0; i < MORE_THAN_A_SWEEP; i++) {
            keep(RowSample.ended("job-" + i, START + i));
        }
        long late = START + 2 * HOUR.toMillis();
        String last = "job-" + (MORE_THAN_A_SWEEP - 1);

        retention.sweep(late);
        assertThat(rows.find("job-0")).isEmpty();
        assertThat(rows.find(last)).isPresent();
        assertThat(jobs.body(key(last))).isPresent();

        retention.sweep(late);
        assertThat(rows.find(last)).isEmpty();
        assertThat(jobs.body(key(last))).isEmpty();
    }

    @Test
    void moreJobsThanASweepTakesMayEndInOneMillisecond() {
        for (int i = 0; i < MORE_THAN_A_SWEEP; i++) {
            keep(RowSample.ended("job-%04d".formatted(i), START));
        }
        JobKey last = key("job-%04d".formatted(MORE_THAN_A_SWEEP - 1));

        retention.sweep(START + GRACE + 1);
        assertThat(jobs.body(last)).isPresent();

        retention.sweep(START + GRACE + 2);
        assertThat(jobs.body(last)).isEmpty();
    }

    @Test
    void aCancelWhoseJobNeverComesIsForgottenAfterTheRetention() {
        jobs.rememberCancel(key("never"), START);
        jobs.rememberCancel(key("later"), START + 1);

        retention.sweep(START + HOUR.toMillis() + 1);

        assertThat(cancels()).containsExactly(key("later"));
    }

    @Test
    void aCancelThatAnEarlierVersionWroteIsKeptForARetentionToo() {
        store.put("C" + key("old").text(), new byte[] {1});

        retention.sweep(START);
        assertThat(cancels()).containsExactly(key("old"));

        retention.sweep(START + HOUR.toMillis() + 1);
        assertThat(cancels()).isEmpty();
    }

    private List<JobKey> cancels() {
        List<JobKey> found = new ArrayList<>();
        jobs.eachCancel(found::add);
        return found;
    }

    @Test
    void aJobThatEndsAfterASweepIsSweptByALaterOne() {
        keep(RowSample.ended("first", START));
        retention.sweep(START + GRACE);
        keep(RowSample.ended("second", START + GRACE + 5));

        retention.sweep(START + 2 * GRACE + 6);

        assertThat(jobs.body(key("second"))).isEmpty();
    }

    private void keep(JobRow row) {
        Job job = row.job();
        jobs.keepBody(key(job.id()), new byte[] {1});
        jobs.gather(row);
        jobs.flush();
    }

    private static JobKey key(String id) {
        return new JobKey(RowSample.POOL, id);
    }
}
