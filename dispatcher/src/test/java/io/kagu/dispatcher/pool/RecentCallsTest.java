package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.dispatcher.core.CallBegun;
import io.kagu.dispatcher.core.PoolEvent.CallRemembered;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

class RecentCallsTest {

    private static final GpuLimits LIMITS = new GpuLimits(OptionalInt.of(5), OptionalInt.empty());

    private final JobStore jobs = new JobStore(new JournaledStore(Sinks.JOBS_STORE));

    private static Registry gpus(GpuLimits limits) {
        return Registry.of(
                List.of(
                        new GpuSpec(
                                "alpha",
                                URI.create("http://127.0.0.1:1"),
                                Sidecar.NONE,
                                RowSample.POOL,
                                "test",
                                List.of(ServedModel.of("small-v1")),
                                1,
                                0,
                                0,
                                30,
                                limits,
                                Optional.empty())));
    }

    private List<CallRemembered> since(long time, GpuLimits limits) {
        RecentCalls calls = new RecentCalls(gpus(limits), time);
        jobs.eachOpen(calls::find);
        calls.findEnded(jobs);
        return calls.all().stream().map(RecentCalls.Begun::call).toList();
    }

    private static CallRemembered call(String gpu, long after, String job, int attempt) {
        long estimate = RowSample.queued(job).cost();
        return new CallRemembered(
                new CallBegun(gpu, RowSample.START + after, job, attempt, estimate));
    }

    @Test
    void aCallCountsWithWhatItUsedWhereThatIsKnown() {
        jobs.gather(RowSample.used("job-1"));
        jobs.flush();

        assertThat(since(RowSample.START + 10, LIMITS))
                .containsExactly(
                        new CallRemembered(
                                new CallBegun("beta", RowSample.START + 1_100, "job-1", 2, 321)));
    }

    @Test
    void liveAndEndedJobsTellOfTheirCallsInOrder() {
        jobs.gather(RowSample.running("job-1"));
        jobs.gather(RowSample.ended("job-2", RowSample.START + 2_000));
        jobs.gather(RowSample.queued("job-3"));
        jobs.flush();

        assertThat(since(RowSample.START, LIMITS))
                .containsExactly(
                        call("alpha", 10, "job-1", 1),
                        call("alpha", 10, "job-2", 1),
                        call("beta", 1_100, "job-1", 2));
        assertThat(since(RowSample.START + 10, LIMITS))
                .containsExactly(call("beta", 1_100, "job-1", 2));
    }

    @Test
    void poolsWithoutLimitsAreLeftAlone() {
        jobs.gather(RowSample.running("job-1"));
        jobs.flush();

        assertThat(since(RowSample.START, GpuLimits.NONE)).isEmpty();
    }
}
