package io.kagu.bench.routing;

import io.kagu.common.job.Priority;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws jobs: a Poisson process whose rate alternates between bursts and lulls, demands from a
 * lognormal distribution, a demand for each model that its GPUs can meet.
 */
final class ArrivalDraw {

    private static final int TENANTS = 5;
    private static final double HIGH_SHARE = 0.1;
    private static final double NORMAL_SHARE = 0.6;
    private static final double MEAN_PHASE_MILLIS = 60_000;
    private static final double BURST = 1.6;
    private static final double LULL = 0.4;
    private static final double MEAN_DEMAND_MILLIS = 10_000;

    /**
     * Of the logarithm of demands: the mean is twice the median, one in a hundred is 8 times it.
     */
    private static final double SIGMA = 1.2;

    private final Scenario scenario;
    private final SplittableRandom random;
    private final double[] jobShare;
    private final double jobsPerMilli;
    private double now;
    private double phaseEnd;
    private boolean burst;

    ArrivalDraw(List<FleetGpu> gpus, Scenario scenario, SplittableRandom random) {
        this.scenario = scenario;
        this.random = random;
        jobShare = jobShare(gpus);
        double meanDemand = 0;
        for (int model = 0; model < jobShare.length; model++) {
            meanDemand += jobShare[model] * meanDemand(model);
        }
        int capacity = gpus.stream().mapToInt(FleetGpu::capacity).sum();
        jobsPerMilli = scenario.load() * capacity / meanDemand;
    }

    /** Each GPU's capacity, shared out evenly among its models, makes their demands. */
    private static double[] jobShare(List<FleetGpu> gpus) {
        double[] share = new double[FleetDraw.MODELS.size()];
        double all = 0;
        for (int model = 0; model < share.length; model++) {
            String name = FleetDraw.MODELS.get(model);
            for (FleetGpu gpu : gpus) {
                if (gpu.serves(name)) {
                    share[model] += (double) gpu.capacity() / gpu.models().size();
                }
            }
            share[model] /= meanDemand(model);
            all += share[model];
        }
        for (int model = 0; model < share.length; model++) {
            share[model] /= all;
        }
        return share;
    }

    private static double meanDemand(int model) {
        return MEAN_DEMAND_MILLIS * (1 + model);
    }

    /** All jobs, in order of arrival. */
    List<FleetJob> jobs() {
        List<FleetJob> jobs = new ArrayList<>();
        for (int index = 0; index < scenario.jobs(); index++) {
            advance();
            int model = model();
            jobs.add(
                    new FleetJob(
                            index,
                            Math.round(now),
                            FleetDraw.MODELS.get(model),
                            lane(),
                            "tenant-" + random.nextInt(TENANTS),
                            demand(model)));
        }
        return jobs;
    }

    /**
     * To the next arrival; a phase that ends first is left behind, as the process has no memory.
     */
    private void advance() {
        double next = now + exponential(1 / rate());
        while (next > phaseEnd) {
            now = phaseEnd;
            burst = !burst;
            phaseEnd = now + exponential(MEAN_PHASE_MILLIS);
            next = now + exponential(1 / rate());
        }
        now = next;
    }

    private double rate() {
        return jobsPerMilli * (burst ? BURST : LULL);
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private int model() {
        double left = random.nextDouble();
        int model = 0;
        while (model < jobShare.length - 1 && left >= jobShare[model]) {
            left -= jobShare[model];
            model++;
        }
        return model;
    }

    private Priority lane() {
        double draw = random.nextDouble();
        if (draw < HIGH_SHARE) {
            return Priority.HIGH;
        }
        return draw < HIGH_SHARE + NORMAL_SHARE ? Priority.NORMAL : Priority.LOW;
    }

    private double demand(int model) {
        double mu = Math.log(meanDemand(model)) - SIGMA * SIGMA / 2;
        return Math.exp(mu + SIGMA * random.nextGaussian());
    }
}
