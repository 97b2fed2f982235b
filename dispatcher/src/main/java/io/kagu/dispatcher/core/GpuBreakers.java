package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.BreakerState.Probe;
import io.kagu.dispatcher.core.JobState.Running;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The breakers of a pool's GPUs, moved on by what becomes of the pool's jobs. Only faults count
 * against a GPU: not overload, a refused job, a lost or cancelled call, nor a job that failed on
 * another healthy GPU before, since then the job is the likelier cause.
 */
final class GpuBreakers {

    private final BreakerRules rules;
    private final Map<String, GpuBreaker> byGpu = new LinkedHashMap<>();
    private final Set<String> present = new LinkedHashSet<>();
    private final Set<String> troubled = new TreeSet<>();
    private final Map<String, Probe> awaitedProbes = new TreeMap<>();
    private final Map<String, BreakerState> changed = new TreeMap<>();

    GpuBreakers(BreakerRules rules) {
        this.rules = rules;
    }

    /** Whether a call to this GPU may begin. */
    boolean permits(String gpu, long now) {
        return !troubled.contains(gpu) || of(gpu).permits(now);
    }

    BreakerState state(String gpu) {
        GpuBreaker breaker = byGpu.get(gpu);
        return breaker == null ? BreakerState.untroubled(gpu) : breaker.state();
    }

    /** Goes on with what another owner knew, unless the GPU is gone. */
    void restore(BreakerState state) {
        if (!present.contains(state.gpu())) {
            changed.put(state.gpu(), BreakerState.untroubled(state.gpu()));
            return;
        }
        byGpu.put(state.gpu(), GpuBreaker.restored(state, rules));
        troubled.add(state.gpu());
        state.probe().ifPresent(probe -> awaitedProbes.put(state.gpu(), probe));
    }

    /** These are the pool's GPUs now; one that comes back starts with a closed breaker. */
    void use(Collection<String> gpus) {
        present.clear();
        present.addAll(gpus);
        for (String gone : byGpu.keySet().stream().filter(g -> !present.contains(g)).toList()) {
            byGpu.remove(gone);
            troubled.remove(gone);
            changed.put(gone, BreakerState.untroubled(gone));
        }
    }

    /** Takes note of a job's move in which its lease changed. */
    void follow(Optional<JobRow> from, JobRow to) {
        Optional<Lease> before = from.flatMap(JobRow::lease);
        Optional<Lease> after = to.lease();
        before.filter(lease -> present.contains(lease.gpu()))
                .ifPresent(lease -> ended(lease, from.orElseThrow(), to));
        after.ifPresent(lease -> began(lease, from.isPresent()));
    }

    private void began(Lease lease, boolean now) {
        GpuBreaker breaker = of(lease.gpu());
        if (breaker.untroubled()) {
            return;
        }
        BreakerState before = breaker.state();
        if (now) {
            breaker.began(lease);
        } else if (awaitedProbes.remove(lease.gpu(), Probe.of(lease))) {
            breaker.resumedProbe(lease);
        }
        note(breaker, before);
    }

    private void ended(Lease lease, JobRow from, JobRow to) {
        GpuBreaker breaker = of(lease.gpu());
        Optional<Attempt> end = to.attempt(lease.attempt());
        if (breaker.untroubled() && end.filter(Attempt::faulted).isEmpty()) {
            return;
        }
        BreakerState before = breaker.state();
        if (end.filter(Attempt::completed).isPresent()) {
            breaker.succeeded(lease);
        } else if (end.filter(Attempt::faulted).isPresent() && counts(lease, from)) {
            breaker.failed(lease, to.updatedAt());
        } else {
            breaker.saidNothing(lease);
        }
        note(breaker, before);
    }

    private boolean counts(Lease lease, JobRow job) {
        boolean cancelled = job.state() instanceof Running running && running.cancelRequested();
        return !cancelled && job.attempts().stream().noneMatch(a -> blames(a, lease.gpu()));
    }

    /** Whether an earlier attempt makes the job the likelier cause of a fault on this GPU. */
    private boolean blames(Attempt earlier, String gpu) {
        return earlier.faulted()
                && !earlier.gpu().equals(gpu)
                && state(earlier.gpu()).phase() == Phase.CLOSED;
    }

    private GpuBreaker of(String gpu) {
        return Objects.requireNonNull(
                byGpu.computeIfAbsent(gpu, name -> new GpuBreaker(name, rules)));
    }

    private void note(GpuBreaker breaker, BreakerState before) {
        BreakerState after = breaker.state();
        if (!after.equals(before)) {
            changed.put(after.gpu(), after);
            if (after.untroubled()) {
                troubled.remove(after.gpu());
            } else {
                troubled.add(after.gpu());
            }
        }
    }

    /** What changed since this was last asked; to be stored. */
    List<BreakerState> changes() {
        List<BreakerState> all = List.copyOf(changed.values());
        changed.clear();
        return all;
    }
}
