package io.kagu.ingest.desk;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.ingest.core.gpu.GpuRefusal;

/** What the desk says to one change of the registry. */
public sealed interface GpuAnswer {

    /**
     * The GPU is registered like this, and this process knows it.
     *
     * @param created whether it was not known before
     */
    record Stored(GpuSpec spec, boolean created) implements GpuAnswer {}

    /** The GPU is forgotten. */
    record Removed() implements GpuAnswer {}

    /** Nothing was changed. */
    record Refused(GpuRefusal refusal) implements GpuAnswer {}
}
