package io.kagu.local.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.Sidecar;
import io.kagu.ingest.core.gpu.DownRule;
import io.kagu.ingest.core.gpu.HealthWatch;
import io.kagu.ingest.core.gpu.SidecarFormat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;

/** What ingest makes of the sidecar of a simulated GPU. */
class IngestReadsSidecarTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SimulatedGpu gpu =
            SimulatedGpu.start(
                    SimulatedGpuConfig.of("gpu-a", "m").withServiceTime(ServiceTime.NONE));
    private final GpuClient client = new GpuClient(gpu);

    @AfterEach
    void stop() {
        client.close();
        gpu.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void anIdleGpuIsFine(Sidecar.Kind kind) throws Exception {
        GpuMetrics metrics = judged(kind);

        assertThat(metrics.health()).isEqualTo(Health.OK);
        assertThat(metrics.gpuUtilPct()).hasValue(0);
        assertThat(metrics.vramTotalMb()).hasValue(24_576);
        assertThat(metrics.tempC()).isPresent();
        assertThat(metrics.requestsRunning().isPresent()).isEqualTo(kind != Sidecar.Kind.JSON);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFullOneIsDown(Sidecar.Kind kind) throws Exception {
        gpu.faults().on(new Fault.LyingSidecar(new GpuReading(50, 24_000, 24_576, 50)));

        assertThat(judged(kind).health()).isEqualTo(Health.DOWN);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void anImpossibleOneIsGarbage(Sidecar.Kind kind) throws Exception {
        gpu.faults().on(new Fault.LyingSidecar(new GpuReading(140, 24_000, 24_576, 50)));

        GpuMetrics metrics = judged(kind);

        assertThat(metrics.health()).isEqualTo(Health.GARBAGE);
        assertThat(metrics.gpuUtilPct()).isEmpty();
    }

    @Test
    void whatIsNeitherJsonNorMetricsIsGarbage() throws Exception {
        gpu.faults().on(new Fault.GarbageSidecar());

        assertThat(judged(Sidecar.Kind.JSON).health()).isEqualTo(Health.GARBAGE);
        assertThat(judged(Sidecar.Kind.DCGM).health()).isEqualTo(Health.GARBAGE);
    }

    private GpuMetrics judged(Sidecar.Kind kind) throws Exception {
        String url =
                kind == Sidecar.Kind.JSON
                        ? gpu.sidecarUrl()
                        : gpu.sidecarUrl().replace("/health", "/metrics");
        byte[] body = client.get(url).body().getBytes(UTF_8);
        return new HealthWatch("gpu-a", DownRule.DEFAULT, 3)
                .after(SidecarFormat.read(kind, body), NOON)
                .orElseThrow();
    }
}
