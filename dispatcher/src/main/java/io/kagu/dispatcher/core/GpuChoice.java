package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which GPU a job gets. Of those that serve its model and can take a call now: not the one it
 * failed on last, one whose metrics are known, the model's preferred one while it is below its
 * spill threshold, the one of the job's affinity key, the one with the lowest load score; ties by
 * the registry's order, then by name. While none of the model's own GPUs can work, its fallbacks'
 * do.
 */
final class GpuChoice {

    private static final double SLOWEST = 16;

    private final Fleet fleet;
    private final GpuGates gates;
    private final ServiceTimes times;

    GpuChoice(Fleet fleet, GpuGates gates, ServiceTimes times) {
        this.fleet = fleet;
        this.gates = gates;
        this.times = times;
    }

    /**
     * What a job wants of a GPU.
     *
     * @param tokens that its call counts with until its usage is known
     * @param failedOn the GPU it failed on last; empty if none
     * @param affinity jobs with equal keys go to the same GPU where that can be
     */
    record Wish(String model, long tokens, String failedOn, Optional<String> affinity) {}

    /** The GPU for a call that begins now, and why. */
    record Chosen(Gpu gpu, Choice why) {}

    /**
     * The GPU for a job; empty if none can take a call now.
     *
     * @param claimed GPUs whose tokens are kept for jobs before it
     */
    Optional<Chosen> choose(Wish wish, Set<String> claimed, long now) {
        Workers workers = workers(wish.model(), now);
        Shortlist shortlist = new Shortlist();
        List<Gpu> usable = new ArrayList<>();
        for (Gpu gpu : workers.gpus()) {
            Optional<Hindrance> hindrance =
                    claimed.contains(gpu.name())
                            ? Hindrance.LIMITED.some()
                            : gates.hindrance(gpu, wish.tokens(), now);
            if (hindrance.isPresent()) {
                shortlist.add(gpu, hindrance.get());
            } else {
                usable.add(gpu);
            }
        }
        Optional<String> home = wish.affinity().map(key -> home(key, workers.gpus(), now));
        Paces paces = paces(workers.model(), usable);
        for (Gpu gpu : usable) {
            shortlist.add(
                    new Candidate(
                            gpu,
                            gpu.name().equals(wish.failedOn()),
                            gpu.knowledge(now) == Gpu.Knowledge.UNKNOWN,
                            preferred(gpu, workers.model()),
                            home.isPresent() && gpu.name().equals(home.get()),
                            LoadScore.of(gpu, paces.slowness(gpu), now)));
        }
        Optional<String> fallback =
                Optional.of(workers.model()).filter(model -> !model.equals(wish.model()));
        return shortlist.first().map(gpu -> new Chosen(gpu, shortlist.explain(fallback)));
    }

    /**
     * Who does a model's work.
     *
     * @param model the model itself, or the fallback that stands in for it
     */
    record Workers(String model, List<Gpu> gpus) {}

    /** The model's own GPUs if one of them can work, free or not; else those of a fallback. */
    Workers workers(String model, long now) {
        List<Gpu> own = fleet.serving(model);
        if (anyAble(own, now)) {
            return new Workers(model, own);
        }
        for (String fallback : fleet.fallbacks(model)) {
            List<Gpu> others = fleet.serving(fallback);
            if (anyAble(others, now)) {
                return new Workers(fallback, others);
            }
        }
        return new Workers(model, own);
    }

    private boolean anyAble(List<Gpu> gpus, long now) {
        for (Gpu gpu : gpus) {
            if (gates.able(gpu, now)) {
                return true;
            }
        }
        return false;
    }

    private static boolean preferred(Gpu gpu, String model) {
        return gpu.spec().preferred().models().contains(model)
                && 100 * gpu.occupancy() < gpu.spec().preferred().spillPct();
    }

    /** How fast GPUs do a model's work, compared with the fastest of them. */
    private Paces paces(String model, List<Gpu> gpus) {
        double fastest = Double.MAX_VALUE;
        if (gpus.size() > 1) {
            for (Gpu gpu : gpus) {
                fastest = Math.min(fastest, times.mean(model, gpu.name()).orElse(fastest));
            }
        }
        return new Paces(model, fastest);
    }

    private final class Paces {
        private final String model;
        private final double fastest;

        Paces(String model, double fastest) {
            this.model = model;
            this.fastest = fastest;
        }

        /** A GPU that was not measured yet counts as fast, and so gets measured. */
        double slowness(Gpu gpu) {
            if (fastest == Double.MAX_VALUE) {
                return 1;
            }
            double mean = times.mean(model, gpu.name()).orElse(fastest);
            return Math.clamp(mean / fastest, 1, SLOWEST);
        }
    }

    /**
     * The GPU of an affinity key, by the highest hash of key and name among those that can work
     * (Thaler and Ravishankar, rendezvous hashing, 1998): nothing to remember, the same under every
     * owner, and when a GPU leaves only its own keys move.
     */
    private String home(String key, List<Gpu> gpus, long now) {
        String home = "";
        long highest = Long.MIN_VALUE;
        for (Gpu gpu : gpus) {
            long hash = mixed(key.hashCode() * 31L * 31L + gpu.name().hashCode());
            if (gates.able(gpu, now) && (home.isEmpty() || hash > highest)) {
                home = gpu.name();
                highest = hash;
            }
        }
        return home;
    }

    /** The finalizer of SplitMix64. */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
