package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Choice;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.GpuChoice.Chosen;
import io.kagu.dispatcher.core.GpuChoice.Wish;
import io.kagu.dispatcher.core.WaitModel.Server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pool's GPUs: their slots, breakers, limits and metrics, and which of them a job may have. */
final class PoolGpus {

    private final Fleet fleet = new Fleet();
    private final CallPace pace = new CallPace();
    private final ServiceTimes times = new ServiceTimes();
    private final GpuBreakers breakers;
    private final GpuGates gates;
    private final GpuChoice choice;

    PoolGpus(BreakerRules rules) {
        this.breakers = new GpuBreakers(rules);
        this.gates = new GpuGates(breakers, pace);
        this.choice = new GpuChoice(fleet, gates, times);
    }

    /** These are the pool's GPUs now. */
    void use(List<GpuSpec> gpus) {
        List<String> names = gpus.stream().map(GpuSpec::name).toList();
        fleet.use(gpus);
        pace.use(gpus);
        breakers.use(names);
        times.keep(Set.copyOf(names));
    }

    /** Sidecars said this. */
    void read(Collection<SidecarReading> readings) {
        readings.forEach(fleet::read);
    }

    /** Takes note of a job's move; a running job without a move before it was restored. */
    void follow(Optional<JobRow> from, JobRow to) {
        Optional<Lease> before = from.flatMap(JobRow::lease);
        Optional<Lease> after = to.lease();
        if (!before.equals(after)) {
            before.ifPresent(lease -> ended(lease, to));
            after.ifPresent(lease -> fleet.take(lease.gpu()));
            breakers.follow(from, to);
        }
        if (from.isPresent() && !to.attempts().isEmpty()) {
            count(!before.equals(after) && after.isPresent(), to);
        }
    }

    /** The newest attempt is the one that begins, or whose use of tokens may just be known. */
    private void count(boolean begins, JobRow row) {
        Attempt newest = row.attempts().getLast();
        if (begins) {
            pace.began(CallBegun.of(row, newest));
        } else if (newest.tokens().isPresent()) {
            pace.settled(CallBegun.of(row, newest));
        }
    }

    private void ended(Lease lease, JobRow to) {
        fleet.release(lease.gpu());
        to.attempt(lease.attempt())
                .filter(Attempt::completed)
                .ifPresent(attempt -> {
                    String model = attempt.choice().flatMap(Choice::fallback).orElse(to.model());
                    times.ended(model, lease.gpu(), attempt.endedAt() - attempt.startedAt());
                });
    }

    /** Goes on with a breaker that another owner knew. */
    void restore(BreakerState breaker) {
        breakers.restore(breaker);
    }

    /** Whether a GPU answered the last call that counts for it. */
    boolean servesWell(String gpu) {
        return fleet.find(gpu).isPresent() && breakers.state(gpu).untroubled();
    }

    /** Another owner began this call. */
    void remember(CallBegun call) {
        pace.began(call);
    }

    /** Whether some GPU serves the model, busy or not. */
    boolean serves(String model) {
        return !fleet.serving(model).isEmpty();
    }

    /** Whether a call of the ticket's job can begin now. */
    boolean canRun(Ticket ticket, long now) {
        return canRun(ticket, Set.of(), now);
    }

    /** The same, but not on these GPUs. */
    boolean canRun(Ticket ticket, Set<String> claimed, long now) {
        for (Gpu gpu : choice.workers(ticket.model(), now).gpus()) {
            if (gates.open(gpu, ticket.tokens(), now) && !claimed.contains(gpu.name())) {
                return true;
            }
        }
        return false;
    }

    /** Adds the GPUs on which the ticket's job lacks nothing but tokens. */
    void claim(Ticket ticket, Set<String> claimed, long now) {
        if (pace.limitsTokens()) {
            for (Gpu gpu : choice.workers(ticket.model(), now).gpus()) {
                if (gates.open(gpu, 0, now) && !gates.open(gpu, ticket.tokens(), now)) {
                    claimed.add(gpu.name());
                }
            }
        }
    }

    /** Those of some GPUs that could take the ticket's call now, by name. */
    List<String> freeAmong(Set<String> names, Ticket ticket, long now) {
        return names.isEmpty()
                ? List.of()
                : choice.workers(ticket.model(), now).gpus().stream()
                        .filter(gpu -> names.contains(gpu.name()))
                        .filter(gpu -> gates.open(gpu, ticket.tokens(), now))
                        .map(Gpu::name)
                        .sorted()
                        .toList();
    }

    /** The GPU for a job, and why it is that one. */
    Optional<Chosen> choose(Wish wish, Set<String> claimed, long now) {
        return choice.choose(wish, claimed, now);
    }

    /** What keeps the GPUs that would do a job's work from it, and how many of them. */
    Map<Hindrance, Hindered> hindrances(Ticket ticket, long now) {
        Map<Hindrance, Hindered> found = new EnumMap<>(Hindrance.class);
        long tokens = ticket.tokens();
        for (Gpu gpu : choice.workers(ticket.model(), now).gpus()) {
            gates.hindrance(gpu, tokens, now)
                    .ifPresent(why ->
                            found.merge(
                                    why,
                                    new Hindered(1, until(gpu, why, tokens)),
                                    Hindered::together));
        }
        return found;
    }

    /** How many GPUs that do a model's work have sidecars that tell nothing. */
    int unknown(String model, long now) {
        return (int)
                choice.workers(model, now).gpus().stream()
                        .filter(gpu -> gpu.knowledge(now) == Gpu.Knowledge.UNKNOWN)
                        .count();
    }

    /**
     * What serves some models, by what was measured and limits allow; nothing while nothing was.
     */
    List<Server> servers(Collection<String> models, long now) {
        List<Gpu> able = new ArrayList<>();
        for (Gpu gpu : fleet.all()) {
            if (gpu.servesAny(models) && gates.able(gpu, now)) {
                able.add(gpu);
            }
        }
        Iterator<Gpu> measured = able.iterator();
        return times.servers(models, able).stream()
                .map(server -> server.every(pace.leastInterval(measured.next().name())))
                .toList();
    }

    /**
     * GPUs that one thing keeps from taking calls.
     *
     * @param until when the first of them may take one, epoch milliseconds; 0 if no time is known
     */
    record Hindered(int gpus, long until) {

        Hindered together(Hindered other) {
            return new Hindered(gpus + other.gpus, Math.min(until, other.until));
        }
    }

    private long until(Gpu gpu, Hindrance why, long tokens) {
        return switch (why) {
            case BREAKER_OPEN -> breakers.state(gpu.name()).nextCallAt();
            case LIMITED -> gates.limitedUntil(gpu, tokens);
            case DRAINING, DOWN, PROBING, FULL -> 0;
        };
    }

    /** Whether GPUs have sidecars and none of them tells anything. */
    boolean metricsBlind(long now) {
        boolean blind = false;
        for (Gpu gpu : fleet.all()) {
            switch (gpu.knowledge(now)) {
                case FRESH, STALE -> {
                    return false;
                }
                case UNKNOWN -> blind = true;
                case NO_SIDECAR -> {}
            }
        }
        return blind;
    }

    /** Slots of all GPUs. */
    int total() {
        return fleet.slots();
    }

    /** How each GPU stands. */
    List<GpuStatus> statuses(long now) {
        return fleet.all().stream().map(gpu -> status(gpu, now)).toList();
    }

    private GpuStatus status(Gpu gpu, long now) {
        BreakerState breaker = breakers.state(gpu.name());
        return new GpuStatus(
                gpu.name(),
                gpu.mostLeases(),
                gpu.leased(),
                breaker.phase().name(),
                breaker.phase() == Phase.OPEN
                        ? time(breaker.nextCallAt(), 0)
                        : time(breaker.nextCallAt(), now),
                time(gates.limitedUntil(gpu, CallPace.USUAL_TOKENS), now),
                gates.hindrance(gpu, CallPace.USUAL_TOKENS, now).map(Hindrance::word),
                Optional.of(gpu.knowledge(now).word()));
    }

    /** A time, if it is later than another. */
    private static Optional<Instant> time(long millis, long after) {
        return millis > after ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
    }

    /** The breakers that changed since this was last asked; to be stored. */
    List<BreakerState> breakerChanges() {
        return breakers.changes();
    }
}
