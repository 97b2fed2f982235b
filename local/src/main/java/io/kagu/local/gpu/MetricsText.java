package io.kagu.local.gpu;

/** The Prometheus text of a simulated GPU, under the names vLLM, DCGM and llama.cpp use. */
final class MetricsText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final String engineLabels;
    private final String gpuLabels;

    MetricsText(SimulatedGpuConfig config) {
        this.engineLabels = "{model_name=\"" + escaped(config.models().getFirst()) + "\"}";
        this.gpuLabels = "{gpu=\"0\",Hostname=\"" + escaped(config.name()) + "\"}";
    }

    String of(GpuReading reading, EngineLoad load, double cacheUsage) {
        var text = new StringBuilder(1_200);
        gauge(text, "vllm:num_requests_running", engineLabels, load.running());
        gauge(text, "vllm:num_requests_waiting", engineLabels, load.waiting());
        gauge(text, "vllm:kv_cache_usage_perc", engineLabels, cacheUsage);
        gauge(text, "vllm:gpu_cache_usage_perc", engineLabels, cacheUsage);
        gauge(text, "llamacpp:requests_processing", "", load.running());
        gauge(text, "llamacpp:requests_deferred", "", load.waiting());
        gauge(text, "DCGM_FI_DEV_GPU_UTIL", gpuLabels, reading.gpuUtilPct());
        gauge(text, "DCGM_FI_DEV_FB_USED", gpuLabels, (double) reading.vramUsedMb());
        long free = reading.vramTotalMb() - reading.vramUsedMb();
        gauge(text, "DCGM_FI_DEV_FB_FREE", gpuLabels, (double) free);
        gauge(text, "DCGM_FI_DEV_GPU_TEMP", gpuLabels, reading.tempC());
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String labels, double value) {
        text.append("# TYPE ").append(name).append(" gauge\n").append(name).append(labels);
        text.append(' ').append(value).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
