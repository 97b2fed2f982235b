package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;
import io.kagu.dispatcher.executor.Call;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * No more calls begin on a GPU within any minute than its limits allow, for no more tokens, and
 * none too soon after another, by what the owner tells; no more run at once. After a takeover only
 * the calls of live jobs to registered GPUs are known here.
 */
final class LimitsHold implements Watcher {

    private static final long MINUTE = 60_000;

    private final Supplier<Registry> registry;
    private final Map<String, TreeSet<Begun>> calls = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final TokenBook tokens = new TokenBook((estimate, use) -> use);
    private final Map<String, Integer> running = new TreeMap<>();

    LimitsHold(Supplier<Registry> registry) {
        this.registry = registry;
    }

    private record Begun(long at, String job, int attempt) {

        static final Comparator<Begun> ORDER =
                Comparator.comparingLong(Begun::at)
                        .thenComparing(Begun::job)
                        .thenComparingInt(Begun::attempt);
    }

    @Override
    public void submitted(Job job) {
        tokens.submitted(job);
    }

    @Override
    public void callBegan(Call call) {
        String gpu = call.gpu().name();
        int now = running.merge(gpu, 1, Integer::sum);
        call.gpu()
                .limits()
                .concurrency()
                .ifPresent(most ->
                        assertThat(now).as("calls on %s at once", gpu).isLessThanOrEqualTo(most));
    }

    @Override
    public void callEnded(Call call) {
        running.merge(call.gpu().name(), -1, Integer::sum);
    }

    @Override
    public void takenOver(Iterable<JobEvent> liveJobs) {
        calls.clear();
        tokens.clearCalls();
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
        view.attempts().forEach(attempt -> tokens.settle(view, attempt));
        if (view.state() == JobStatus.RUNNING) {
            AttemptView newest = view.attempts().getLast();
            if (known.add(name(view, newest))) {
                checkTokens(view, newest);
                note(view, newest);
                registry.get().gpu(newest.gpu()).ifPresent(this::check);
            }
        }
    }

    private static String name(JobView view, AttemptView attempt) {
        return view.id() + '#' + attempt.number();
    }

    private void note(JobView view, AttemptView attempt) {
        Begun call = new Begun(attempt.startedAt().toEpochMilli(), view.id(), attempt.number());
        calls.computeIfAbsent(attempt.gpu(), gpu -> new TreeSet<>(Begun.ORDER)).add(call);
        tokens.note(view, attempt);
    }

    private void checkTokens(JobView view, AttemptView call) {
        registry.get()
                .gpu(call.gpu())
                .ifPresent(gpu ->
                        assertThat(tokens.fits(gpu, view, call.startedAt().toEpochMilli()))
                                .as("tokens on %s for %s", gpu.name(), view)
                                .isTrue());
    }

    private void check(GpuSpec gpu) {
        List<Begun> all = List.copyOf(calls.get(gpu.name()));
        Begun last = all.getLast();
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
