package io.kagu.dispatcher.core;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.BreakerState.Probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The breaker of one GPU. Resilience4j holds the state; its clock stands at the time of the last
 * event. Only the probe decides what becomes of a half-open breaker: calls that began before it
 * opened may end at any time and say nothing about now.
 */
final class GpuBreaker {

    private static final float ALL = 100;

    private final String gpu;
    private final EventClock clock = new EventClock();
    private final long pause;
    private final CircuitBreaker machine;
    private int faults;
    private long openUntil;
    private Optional<Probe> probe = Optional.empty();
    private SerialFaults serial;

    GpuBreaker(String gpu, BreakerRules rules) {
        this.gpu = gpu;
        this.pause = rules.pause();
        this.serial = new SerialFaults(rules);
        this.machine =
                CircuitBreaker.of(
                        gpu,
                        CircuitBreakerConfig.custom()
                                .clock(clock)
                                .slidingWindow(
                                        rules.faults(),
                                        rules.faults(),
                                        SlidingWindowType.COUNT_BASED)
                                .failureRateThreshold(ALL)
                                .waitDurationInOpenState(Duration.ofMillis(rules.pause()))
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .build());
    }

    /** The breaker as another owner left it; its probe is known once its call is resumed. */
    static GpuBreaker restored(BreakerState state, BreakerRules rules) {
        GpuBreaker breaker = new GpuBreaker(state.gpu(), rules);
        breaker.serial = SerialFaults.restored(state, rules);
        switch (state.phase()) {
            case CLOSED -> {
                for (int i = 0; i < state.faults(); i++) {
                    breaker.count();
                }
            }
            case OPEN -> breaker.open(state.openUntil() - rules.pause());
            case HALF_OPEN -> {
                breaker.open(0);
                breaker.machine.transitionToHalfOpenState();
                breaker.openUntil = 0;
            }
        }
        return breaker;
    }

    private void open(long at) {
        clock.set(at);
        machine.transitionToOpenState();
        openUntil = at + pause;
    }

    private void count() {
        machine.onError(0, TimeUnit.MILLISECONDS, new CountedFaultException());
        faults++;
    }

    BreakerState state() {
        return new BreakerState(
                gpu, phase(), faults, openUntil, probe, serial.count(), serial.pausedUntil());
    }

    /** Whether there is nothing to remember; as {@link BreakerState#untroubled()} of its state. */
    boolean untroubled() {
        return faults == 0
                && serial.count() == 0
                && openUntil == 0
                && serial.pausedUntil() == 0
                && probe.isEmpty()
                && phase() == Phase.CLOSED;
    }

    Phase phase() {
        return switch (machine.getState()) {
            case CLOSED -> Phase.CLOSED;
            case OPEN -> Phase.OPEN;
            case HALF_OPEN -> Phase.HALF_OPEN;
            default -> throw new IllegalStateException("breaker in " + machine.getState());
        };
    }

    /** Whether a call may begin; changes nothing. The probe waits for the serial faults' pause. */
    boolean permits(long now) {
        return now >= serial.pausedUntil() && phasePermits(now);
    }

    private boolean phasePermits(long now) {
        return switch (phase()) {
            case CLOSED -> true;
            case OPEN -> now > openUntil;
            case HALF_OPEN -> probe.isEmpty();
        };
    }

    /** A call begins that was permitted. */
    void began(Lease lease) {
        clock.set(lease.startedAt());
        if (!machine.tryAcquirePermission()) {
            throw new IllegalStateException("call to " + gpu + " against its breaker");
        }
        if (phase() == Phase.HALF_OPEN) {
            probe = Optional.of(Probe.of(lease));
            openUntil = 0;
            faults = 0;
        }
    }

    /** The call that another owner began as the probe runs on. */
    void resumedProbe(Lease lease) {
        began(lease);
    }

    /**
     * A call ended well. That changes nothing while no fault counts: as many faults in a row open a
     * window that has successes before them as one that is empty.
     */
    void succeeded(Lease lease) {
        if (!untroubled() && decides(lease)) {
            machine.onSuccess(0, TimeUnit.MILLISECONDS);
            probe = Optional.empty();
            faults = 0;
            serial.succeeded();
        }
    }

    /** A call ended with a fault that counts. */
    void failed(Lease lease, long now) {
        if (decides(lease)) {
            clock.set(now);
            probe = Optional.empty();
            count();
            serial.failed(now);
            if (phase() == Phase.OPEN) {
                openUntil = now + pause;
                faults = 0;
            }
        }
    }

    /** A call ended in a way that says nothing about the GPU. */
    void saidNothing(Lease lease) {
        if (phase() == Phase.HALF_OPEN && decides(lease)) {
            machine.releasePermission();
            probe = Optional.empty();
        }
    }

    private boolean decides(Lease lease) {
        return switch (phase()) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> probe.equals(Optional.of(Probe.of(lease)));
        };
    }

    /** What resilience4j wants to see of a fault. */
    private static final class CountedFaultException extends Exception {

        private static final long serialVersionUID = 1;

        CountedFaultException() {
            super("fault", null, false, false);
        }
    }
}
