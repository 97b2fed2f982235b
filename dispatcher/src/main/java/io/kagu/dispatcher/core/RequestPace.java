package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuLimits;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/** The newest beginnings of one GPU's calls, as many as its limits count. */
final class RequestPace {

    private final Deque<Long> times = new ArrayDeque<>();
    private final GpuLimits limits;

    private RequestPace(GpuLimits limits) {
        this.limits = limits;
    }

    /** The calls known so far, under these limits. */
    static RequestPace under(GpuLimits limits, Optional<RequestPace> known) {
        RequestPace pace = new RequestPace(limits);
        known.ifPresent(before -> before.times.forEach(pace::began));
        return pace;
    }

    void began(long at) {
        times.addLast(at);
        if (times.size() > limits.requestsPerMinute().orElse(1)) {
            times.removeFirst();
        }
    }

    /** Milliseconds between two calls at least, in the long run; 0 without a limit. */
    double leastInterval() {
        OptionalInt most = limits.requestsPerMinute();
        double byCount = most.isPresent() ? (double) CallPace.MINUTE / most.getAsInt() : 0;
        return Math.max(byCount, limits.minPauseMs().orElse(0));
    }

    /** From when on the next call may begin; 0 if nothing holds it back. */
    long next() {
        if (times.isEmpty()) {
            return 0;
        }
        boolean full =
                limits.requestsPerMinute().isPresent()
                        && times.size() == limits.requestsPerMinute().getAsInt();
        long byCount = full ? times.getFirst() + CallPace.MINUTE : 0;
        long byPause = times.getLast() + limits.minPauseMs().orElse(0);
        return Math.max(byCount, byPause);
    }
}
