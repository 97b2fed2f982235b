package io.kagu.dispatcher.core;

import java.util.Optional;

/** What keeps a GPU from taking a call: drain, card, breaker, slots and limits. */
final class GpuGates {

    private final GpuBreakers breakers;
    private final CallPace pace;

    GpuGates(GpuBreakers breakers, CallPace pace) {
        this.breakers = breakers;
        this.pace = pace;
    }

    /** Why a GPU gets no call of so many tokens now; empty if it may have one. */
    Optional<Hindrance> hindrance(Gpu gpu, long tokens, long now) {
        Optional<Hindrance> lasting = lasting(gpu, now);
        if (lasting.isPresent()) {
            return lasting;
        }
        if (gpu.full()) {
            return Hindrance.FULL.some();
        }
        return limitedUntil(gpu, tokens) > now ? Hindrance.LIMITED.some() : Optional.empty();
    }

    /** Whether a GPU may have a call of so many tokens now: what rules most out is asked first. */
    boolean open(Gpu gpu, long tokens, long now) {
        return !gpu.full() && hindrance(gpu, tokens, now).isEmpty();
    }

    /** Whether a GPU can work at all, be it busy now. */
    boolean able(Gpu gpu, long now) {
        return lasting(gpu, now).isEmpty();
    }

    private Optional<Hindrance> lasting(Gpu gpu, long now) {
        if (gpu.draining()) {
            return Hindrance.DRAINING.some();
        }
        if (gpu.down(now)) {
            return Hindrance.DOWN.some();
        }
        if (breakers.permits(gpu.name(), now)) {
            return Optional.empty();
        }
        boolean probing = breakers.state(gpu.name()).phase() == BreakerState.Phase.HALF_OPEN;
        return (probing ? Hindrance.PROBING : Hindrance.BREAKER_OPEN).some();
    }

    /** From when on a GPU's limits let a call of so many tokens begin, epoch milliseconds. */
    long limitedUntil(Gpu gpu, long tokens) {
        return pace.nextCallAt(gpu.name(), tokens);
    }
}
