package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.QueueStatus.GpuStatus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A pool's GPUs: their slots, breakers and limits, and which of them a job may have. */
final class PoolGpus {

    private final SlotTable slots = new SlotTable();
    private final CallPace pace = new CallPace();
    private final GpuBreakers breakers;

    PoolGpus(BreakerRules rules) {
        this.breakers = new GpuBreakers(rules);
    }

    /** These are the pool's GPUs now. */
    void use(List<GpuSpec> gpus) {
        slots.use(gpus);
        pace.use(gpus);
        breakers.use(gpus.stream().map(GpuSpec::name).toList());
    }

    /** Takes note of a job's move; a running job without a move before it was restored. */
    void follow(Optional<JobRow> from, JobRow to) {
        Optional<Lease> before = from.flatMap(JobRow::lease);
        Optional<Lease> after = to.lease();
        if (!before.equals(after)) {
            before.ifPresent(lease -> slots.release(lease.gpu()));
            after.ifPresent(lease -> slots.take(lease.gpu()));
            breakers.follow(from, to);
            if (from.isPresent()) {
                after.ifPresent(lease -> pace.began(lease.gpu(), lease.startedAt()));
            }
        }
    }

    /** Goes on with a breaker that another owner knew. */
    void restore(BreakerState breaker) {
        breakers.restore(breaker);
    }

    /** Another owner called a GPU at this time. */
    void remember(String gpu, long at) {
        pace.began(gpu, at);
    }

    /** Whether some GPU serves the model, busy or not. */
    boolean serves(String model) {
        return slots.serves(model);
    }

    /** Whether a call of this model can begin now. */
    boolean canRun(String model, long now) {
        return slots.canRun(model, callable(now));
    }

    /** The GPU for a job, as {@link SlotTable#choose} says, among those that may be called. */
    Optional<GpuSpec> choose(String model, String avoid, long now) {
        return slots.choose(model, avoid, callable(now));
    }

    private Predicate<String> callable(long now) {
        return gpu -> breakers.permits(gpu, now) && pace.nextCallAt(gpu) <= now;
    }

    /** Slots of all GPUs. */
    int total() {
        return slots.total();
    }

    /** How each GPU stands. */
    List<GpuStatus> statuses(long now) {
        return slots.all().stream().map(gpu -> status(gpu, now)).toList();
    }

    private GpuStatus status(GpuSpec gpu, long now) {
        BreakerState breaker = breakers.state(gpu.name());
        return new GpuStatus(
                gpu.name(),
                gpu.slots(),
                slots.leased(gpu.name()),
                breaker.phase().name(),
                time(breaker.openUntil()),
                time(pace.nextCallAt(gpu.name())).filter(next -> next.toEpochMilli() > now));
    }

    private static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** The breakers that changed since this was last asked; to be stored. */
    List<BreakerState> breakerChanges() {
        return breakers.changes();
    }
}
