package io.kagu.bench.routing;

import io.kagu.common.job.Priority;

/**
 * A job of the simulated fleet.
 *
 * @param index its place in the order of arrival, from 0
 * @param arrivesAt milliseconds from the start
 * @param demandMillis how long it takes at speed 1; nobody knows it beforehand
 */
record FleetJob(
        int index,
        long arrivesAt,
        String model,
        Priority lane,
        String tenant,
        double demandMillis) {}
