package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.GpuSpec;

/** What an operator wants of one GPU. */
public sealed interface GpuChange {

    /** Its name. */
    String gpu();

    /** It is to be registered like this, whether it is known or not. */
    record Put(GpuSpec spec) implements GpuChange {
        @Override
        public String gpu() {
            return spec.name();
        }
    }

    /**
     * It is to be forgotten.
     *
     * @param force also while calls may run on it: their leases end by their outcome or deadline
     */
    record Remove(String gpu, boolean force) implements GpuChange {}
}
