package io.kagu.local.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * The switchboard of a simulated GPU's faults.
 *
 * <p>Several can be on at once; of those that hit one call the first switched on decides, {@link
 * Fault.Slow} adds to any other. Safe for use by any thread; when a switching method returns, the
 * server has taken the new state on.
 */
public final class Faults {

    /** Is told of every change, with the faults of the whole server that are on now. */
    interface ServerSwitch {
        void set(boolean refuse, boolean die);
    }

    private final SplittableRandom random;
    private final ServerSwitch serverSwitch;
    // Read without the lock by every call: copied on change, empty most of the time.
    private volatile List<SwitchedFault> active = List.of();
    private volatile CompletableFuture<Void> release = new CompletableFuture<>();

    Faults(long seed, ServerSwitch serverSwitch) {
        this.random = new SplittableRandom(seed);
        this.serverSwitch = serverSwitch;
    }

    /** Switches a fault on for every call, besides those already on. */
    public void on(Fault fault) {
        on(fault, Reach.EVERY);
    }

    /** Switches a fault on besides those already on. */
    public synchronized void on(Fault fault, Reach reach) {
        var more = new ArrayList<>(active);
        more.add(new SwitchedFault(fault, reach));
        become(more);
    }

    /** Switches everything off; hung calls go on and are answered. */
    public void clear() {
        replaceWith(List.of());
    }

    /** Has exactly these faults on; hung calls of the former ones go on and are answered. */
    public synchronized void replaceWith(List<SwitchedFault> faults) {
        var former = release;
        release = new CompletableFuture<>();
        try {
            become(faults);
        } finally {
            former.complete(null);
        }
    }

    /** What is on, with the calls that a fault has still to hit. */
    public List<SwitchedFault> active() {
        return active;
    }

    CallPlan<Fault.OfCall> planCall() {
        return active.isEmpty() ? harmless() : plan(Fault.OfCall.class);
    }

    CallPlan<Fault.OfSidecar> planReading() {
        return active.isEmpty() ? harmless() : plan(Fault.OfSidecar.class);
    }

    private <F extends Fault> CallPlan<F> harmless() {
        return new CallPlan<>(1, Optional.empty(), release);
    }

    private synchronized <F extends Fault> CallPlan<F> plan(Class<F> kind) {
        double slowness = 1;
        Optional<F> decisive = Optional.empty();
        var left = new ArrayList<SwitchedFault>();
        for (var each : active) {
            boolean concerned = kind.isInstance(each.fault());
            boolean slow = each.fault() instanceof Fault.Slow;
            if (!concerned || (!slow && decisive.isPresent()) || !draw(each.reach())) {
                left.add(each);
                continue;
            }
            remainder(each).ifPresent(left::add);
            if (each.fault() instanceof Fault.Slow(double factor)) {
                slowness *= factor;
            } else {
                decisive = Optional.of(kind.cast(each.fault()));
            }
        }
        active = List.copyOf(left);
        return new CallPlan<>(slowness, decisive, release);
    }

    private boolean draw(Reach reach) {
        return switch (reach) {
            case Reach.Every _, Reach.Next _ -> true;
            case Reach.Sometimes(var probability) -> random.nextDouble() < probability;
        };
    }

    private static Optional<SwitchedFault> remainder(SwitchedFault hit) {
        if (!(hit.reach() instanceof Reach.Next(int calls))) {
            return Optional.of(hit);
        }
        if (calls == 1) {
            return Optional.empty();
        }
        return Optional.of(new SwitchedFault(hit.fault(), new Reach.Next(calls - 1)));
    }

    private void become(List<SwitchedFault> faults) {
        active = List.copyOf(faults);
        serverSwitch.set(isOn(Fault.Refuse.class), isOn(Fault.Die.class));
    }

    private boolean isOn(Class<? extends Fault> kind) {
        return active.stream().anyMatch(each -> kind.isInstance(each.fault()));
    }
}
