package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When the pool's GPUs were called, as far as their limits ask for it. */
public final class CallPace {

    /** The time that a limit per minute looks back. */
    public static final long MINUTE = 60_000;

    private final Map<String, Starts> byGpu = new TreeMap<>();

    /** These are the pool's GPUs now; one that comes back later finds its calls still counted. */
    void use(Collection<GpuSpec> gpus) {
        for (GpuSpec gpu : gpus) {
            Starts known = byGpu.remove(gpu.name());
            if (!gpu.limits().equals(GpuLimits.NONE)) {
                Starts starts = new Starts(gpu.limits());
                Optional.ofNullable(known).ifPresent(before -> before.times.forEach(starts::add));
                byGpu.put(gpu.name(), starts);
            }
        }
    }

    /** A call began; calls come in the order of their times. */
    void began(String gpu, long at) {
        Starts starts = byGpu.get(gpu);
        if (starts != null) {
            starts.add(at);
        }
    }

    /** From when on a GPU may be called, by its limits alone; 0 if nothing holds it back. */
    long nextCallAt(String gpu) {
        Starts starts = byGpu.get(gpu);
        return starts == null ? 0 : starts.next();
    }

    /** The newest beginnings of one GPU's calls, as many as its limits count. */
    private static final class Starts {
        private final Deque<Long> times = new ArrayDeque<>();
        private final GpuLimits limits;

        Starts(GpuLimits limits) {
            this.limits = limits;
        }

        void add(long at) {
            times.addLast(at);
            if (times.size() > limits.requestsPerMinute().orElse(1)) {
                times.removeFirst();
            }
        }

        long next() {
            if (times.isEmpty()) {
                return 0;
            }
            boolean full =
                    limits.requestsPerMinute().isPresent()
                            && times.size() == limits.requestsPerMinute().getAsInt();
            long byCount = full ? times.getFirst() + MINUTE : 0;
            long byPause = times.getLast() + limits.minPauseMs().orElse(0);
            return Math.max(byCount, byPause);
        }
    }
}
