package io.kagu.ingest.core.gpu;

import io.kagu.common.gpu.Sidecar;

/** Reads what a sidecar answered, by its kind. Any bytes give a reading, none an exception. */
public final class SidecarFormat {

    private SidecarFormat() {}

    /**
     * The reading of a whole answer.
     *
     * @param kind {@link Sidecar.Kind#NONE} has no format: its answer is garbage
     */
    public static Reading read(Sidecar.Kind kind, byte[] body) {
        return switch (kind) {
            case JSON -> SidecarJson.read(body);
            case DCGM, VLLM, LLAMACPP -> PrometheusText.read(body);
            case NONE -> new Reading.Garbage("a GPU of kind none has no metrics");
        };
    }
}
