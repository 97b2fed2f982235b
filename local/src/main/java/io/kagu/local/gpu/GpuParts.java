package io.kagu.local.gpu;

/** What the inference server and the sidecar of one GPU share. */
record GpuParts(
        Faults faults,
        CallLog log,
        EngineQueue queue,
        SidecarModel sidecar,
        MetricsText metrics,
        ClientWatch watch) {

    String metricsText(GpuReading reading) {
        return metrics.of(reading, sidecar.load(), sidecar.cacheUsage());
    }
}
