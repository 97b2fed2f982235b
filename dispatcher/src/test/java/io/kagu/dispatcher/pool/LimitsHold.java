package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * No more calls begin on a GPU within any minute than its limit allows, and none too soon after
 * another, by what the owner tells. After a takeover only the calls of live jobs to registered GPUs
 * are known here.
 */
final class LimitsHold implements Watcher {

    private static final long MINUTE = 60_000;

    private final Supplier<Registry> registry;
    private final Map<String, TreeSet<Call>> calls = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    LimitsHold(Supplier<Registry> registry) {
        this.registry = registry;
    }

    private record Call(long at, String job, int attempt) {

        static final Comparator<Call> ORDER =
                Comparator.comparingLong(Call::at)
                        .thenComparing(Call::job)
                        .thenComparingInt(Call::attempt);
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        calls.clear();
        known.clear();
        for (JobEvent event : liveJobs) {
            for (AttemptView attempt : event.job().attempts()) {
                known.add(name(event.job(), attempt));
                if (registry.get().gpu(attempt.gpu()).isPresent()) {
                    note(event.job(), attempt);
                }
            }
        }
    }

    @Override
    public void told(JobEvent event) {
        JobView view = event.job();
        if (view.state() == JobStatus.RUNNING) {
            AttemptView newest = view.attempts().getLast();
            if (known.add(name(view, newest))) {
                note(view, newest);
                registry.get().gpu(newest.gpu()).ifPresent(this::check);
            }
        }
    }

    private static String name(JobView view, AttemptView attempt) {
        return view.id() + '#' + attempt.number();
    }

    private void note(JobView view, AttemptView attempt) {
        Call call = new Call(attempt.startedAt().toEpochMilli(), view.id(), attempt.number());
        calls.computeIfAbsent(attempt.gpu(), gpu -> new TreeSet<>(Call.ORDER)).add(call);
    }

    private void check(GpuSpec gpu) {
        List<Call> all = List.copyOf(calls.get(gpu.name()));
        Call last = all.getLast();
        long within = all.stream().filter(call -> call.at() > last.at() - MINUTE).count();
        gpu.limits()
                .requestsPerMinute()
                .ifPresent(most ->
                        assertThat(within)
                                .as("calls on %s in a minute", gpu.name())
                                .isLessThanOrEqualTo(most));
        if (all.size() > 1) {
            long pause = last.at() - all.get(all.size() - 2).at();
            gpu.limits()
                    .minPauseMs()
                    .ifPresent(least ->
                            assertThat(pause)
                                    .as("pause on %s", gpu.name())
                                    .isGreaterThanOrEqualTo(least));
        }
    }
}
