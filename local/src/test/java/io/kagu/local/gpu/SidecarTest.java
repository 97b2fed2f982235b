package io.kagu.local.gpu;

import static io.kagu.local.gpu.GpuClient.chat;
import static io.kagu.local.gpu.GpuClient.eventually;
import static io.kagu.local.gpu.GpuClient.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class SidecarTest {

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m").withServiceTime(ServiceTime.NONE));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @Test
    void itReportsOnAPortOfItsOwn() throws Exception {
        var reading = reading();

        assertThat(URI.create(gpu.sidecarUrl()).getPort())
                .isNotEqualTo(URI.create(gpu.endpoint()).getPort());
        assertThat(reading.properties().stream().map(each -> each.getKey()))
                .containsExactlyInAnyOrder(
                        "gpu_util_pct", "vram_used_mb", "vram_total_mb", "temp_c");
        assertThat(reading.path("vram_total_mb").asLong()).isEqualTo(24_576);
    }

    @Test
    void itsNumbersFollowTheLoad() throws Exception {
        var idle = reading();
        gpu.faults().on(new Fault.Hang());
        var call = client.start("a", chat("x".repeat(40_000), ""));

        eventually(() -> reading().path("gpu_util_pct").asDouble() > 80);
        eventually(() -> temp(reading()) > temp(idle));
        assertThat(reading().path("vram_used_mb").asLong())
                .isGreaterThan(idle.path("vram_used_mb").asLong() + 1_000);

        gpu.faults().clear();
        assertThat(call.get().statusCode()).isEqualTo(200);
        eventually(() -> reading().path("gpu_util_pct").asDouble() < 10);
        assertThat(reading().path("vram_used_mb")).isEqualTo(idle.path("vram_used_mb"));
    }

    @Test
    void prometheusTextHasTheNamesOfThreeSources() throws Exception {
        var text = client.get(gpu.sidecarUrl().replace("/health", "/metrics")).body();

        assertThat(metric(text, "vllm:num_requests_running")).isZero();
        assertThat(metric(text, "vllm:num_requests_waiting")).isZero();
        assertThat(metric(text, "vllm:kv_cache_usage_perc")).isZero();
        assertThat(metric(text, "vllm:gpu_cache_usage_perc")).isZero();
        assertThat(metric(text, "llamacpp:requests_processing")).isZero();
        assertThat(metric(text, "llamacpp:requests_deferred")).isZero();
        assertThat(metric(text, "DCGM_FI_DEV_GPU_UTIL")).isZero();
        assertThat(metric(text, "DCGM_FI_DEV_GPU_TEMP")).isPositive();
        assertThat(metric(text, "DCGM_FI_DEV_FB_USED") + metric(text, "DCGM_FI_DEV_FB_FREE"))
                .isEqualTo(24_576);
    }

    @Test
    void itCanLie() throws Exception {
        gpu.faults().on(new Fault.LyingSidecar(new GpuReading(99.5, 24_000, 24_576, 91)));

        assertThat(reading().path("gpu_util_pct").asDouble()).isEqualTo(99.5);
        assertThat(temp(reading())).isEqualTo(91);
        var text = client.get(gpu.sidecarUrl().replace("/health", "/metrics")).body();
        assertThat(metric(text, "DCGM_FI_DEV_GPU_TEMP")).isEqualTo(91);
    }

    @Test
    void itCanTalkGarbage() throws Exception {
        gpu.faults().on(new Fault.GarbageSidecar(), new Reach.Next(1));

        var garbage = client.get(gpu.sidecarUrl());

        assertThat(garbage.statusCode()).isEqualTo(200);
        assertThat(garbage.body()).doesNotContain("gpu_util_pct");
        assertThat(temp(reading())).isPositive();
    }

    @Test
    void itCanBeSilentWhileTheGpuServes() throws Exception {
        gpu.faults().on(new Fault.SilentSidecar());
        var request = HttpRequest.newBuilder(URI.create(gpu.sidecarUrl())).build();
        var silent = client.http().sendAsync(request, HttpResponse.BodyHandlers.ofString());

        assertThat(client.ask("hi").statusCode()).isEqualTo(200);
        assertThat(client.get(gpu.controlUrl()).statusCode()).isEqualTo(200);
        assertThat(silent).isNotDone();

        gpu.faults().clear();
        assertThat(silent.get().statusCode()).isEqualTo(200);
    }

    static double metric(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing in\n" + text));
    }

    private JsonNode reading() throws Exception {
        return json(client.get(gpu.sidecarUrl()));
    }

    private static double temp(JsonNode reading) {
        return reading.path("temp_c").asDouble();
    }
}
