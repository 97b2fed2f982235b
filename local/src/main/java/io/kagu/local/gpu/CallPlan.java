package io.kagu.local.gpu;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the switched faults have in store for one call or sidecar reading.
 *
 * @param slowness factor on the service time
 * @param fault what happens to it besides being slow
 * @param release completes when the faults that were on at that time are cleared or replaced
 */
record CallPlan<F extends Fault>(
        double slowness, Optional<F> fault, CompletableFuture<Void> release) {}
