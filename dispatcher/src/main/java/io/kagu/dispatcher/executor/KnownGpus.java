package io.kagu.dispatcher.executor;

import io.kagu.common.gpu.GpuSpec;

import java.util.Optional;

/** The GPU registry as far as this replica has read it. */
public interface KnownGpus {

    /** A GPU by its name; empty if it is unknown here. */
    Optional<GpuSpec> gpu(String name);

    /** Whether all of it was read that was there at this replica's start. */
    boolean complete();
}
