package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** When the pool's GPUs were called and for how many tokens, as far as their limits ask for it. */
public final class CallPace {

    /** The time that a limit per minute looks back. */
    public static final long MINUTE = 60_000;

    /** Tokens of a call of usual size, for those who ask of no call in particular. */
    static final long USUAL_TOKENS = 1_000;

    private final Map<String, Paces> byGpu = new TreeMap<>();
    private boolean limitsTokens;

    /** One GPU's calls, as its limits count them. */
    private record Paces(RequestPace requests, TokenPace tokens) {

        static Paces under(GpuLimits limits, Optional<Paces> known) {
            return new Paces(
                    RequestPace.under(limits, known.map(Paces::requests)),
                    TokenPace.under(limits.tokensPerMinute(), known.map(Paces::tokens)));
        }
    }

    /** The tokens that a call of this job counts with until its usage is known. */
    public static long tokens(JobRow row) {
        return row.cost();
    }

    /** These are the pool's GPUs now; one that comes back later finds its calls still counted. */
    void use(Collection<GpuSpec> gpus) {
        limitsTokens = gpus.stream().anyMatch(gpu -> gpu.limits().tokensPerMinute().isPresent());
        for (GpuSpec gpu : gpus) {
            Optional<Paces> known = Optional.ofNullable(byGpu.remove(gpu.name()));
            if (!gpu.limits().equals(GpuLimits.NONE)) {
                byGpu.put(gpu.name(), Paces.under(gpu.limits(), known));
            }
        }
    }

    /** Whether any GPU's tokens are limited. */
    boolean limitsTokens() {
        return limitsTokens;
    }

    /** A call began; calls come in the order of their times. */
    void began(CallBegun call) {
        Paces paces = byGpu.get(call.gpu());
        if (paces != null) {
            paces.requests().began(call.at());
            paces.tokens().began(call);
        }
    }

    /** What a call used is known; a call that does not count here stays uncounted. */
    void settled(CallBegun call) {
        Paces paces = byGpu.get(call.gpu());
        if (paces != null) {
            paces.tokens().settled(call);
        }
    }

    /**
     * How often a GPU's calls may begin in the long run: mean milliseconds between two; 0 if ever.
     */
    double leastInterval(String gpu) {
        Paces paces = byGpu.get(gpu);
        return paces == null
                ? 0
                : Math.max(paces.requests().leastInterval(), paces.tokens().leastInterval());
    }

    /**
     * From when on a GPU may be called for so many tokens, by its limits alone; 0 if nothing holds
     * it back.
     */
    long nextCallAt(String gpu, long tokens) {
        Paces paces = byGpu.get(gpu);
        return paces == null ? 0 : Math.max(paces.requests().next(), paces.tokens().next(tokens));
    }
}
