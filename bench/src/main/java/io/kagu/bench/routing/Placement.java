package io.kagu.bench.routing;

/** A job on a GPU. */
record Placement(FleetJob job, FleetGpu gpu) {}
