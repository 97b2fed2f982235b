package io.kagu.ingest.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.gpu.Sidecar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class PrometheusTextTest {

    @Test
    void oneCardOfDcgm() {
        GpuNumbers numbers =
                numbers(
                        """
                        # HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %).
                        # TYPE DCGM_FI_DEV_GPU_UTIL gauge
                        DCGM_FI_DEV_GPU_UTIL{gpu="0",UUID="GPU-1",modelName="A card, 24 GB"} 45
                        DCGM_FI_DEV_FB_USED{gpu="0"} 8000
                        DCGM_FI_DEV_FB_FREE{gpu="0"} 16576
                        DCGM_FI_DEV_GPU_TEMP{gpu="0"} 61
                        DCGM_FI_DEV_POWER_USAGE{gpu="0"} NaN
                        """);

        assertThat(numbers.utilPct()).hasValue(45);
        assertThat(numbers.vramUsedMb()).hasValue(8000);
        assertThat(numbers.vramTotalMb()).hasValue(24576);
        assertThat(numbers.tempC()).hasValue(61);
        assertThat(numbers.requestsRunning()).isEmpty();
        assertThat(numbers.kvCacheUsage()).isEmpty();
    }

    @Test
    void severalCardsAreOneGpu() {
        GpuNumbers numbers =
                numbers(
                        """
                        DCGM_FI_DEV_GPU_UTIL{gpu="0"} 10
                        DCGM_FI_DEV_GPU_UTIL{gpu="1"} 90
                        DCGM_FI_DEV_FB_USED{gpu="0"} 1000
                        DCGM_FI_DEV_FB_USED{gpu="1"} 3000
                        DCGM_FI_DEV_FB_FREE{gpu="0"} 500
                        DCGM_FI_DEV_FB_FREE{gpu="1"} 700
                        DCGM_FI_DEV_GPU_TEMP{gpu="0"} 80
                        DCGM_FI_DEV_GPU_TEMP{gpu="1"} 40
                        """);

        assertThat(numbers.utilPct()).hasValue(90);
        assertThat(numbers.vramUsedMb()).hasValue(4000);
        assertThat(numbers.vramTotalMb()).hasValue(5200);
        assertThat(numbers.tempC()).hasValue(80);
    }

    @Test
    void theTotalIsUnknownWhereOneCardKeepsItsFreeMemoryToItself() {
        GpuNumbers numbers =
                numbers(
                        """
                        DCGM_FI_DEV_FB_USED{gpu="0"} 1000
                        DCGM_FI_DEV_FB_USED{gpu="1"} 3000
                        DCGM_FI_DEV_FB_FREE{gpu="0"} 500
                        """);

        assertThat(numbers.vramUsedMb()).hasValue(4000);
        assertThat(numbers.vramTotalMb()).isEmpty();
    }

    @Test
    void enginesOfVllm() {
        GpuNumbers numbers =
                numbers(
                        """
                        # TYPE vllm:num_requests_running gauge
                        vllm:num_requests_running{engine="0",model_name="a"} 3.0
                        vllm:num_requests_running{engine="1",model_name="a"} 4.0
                        vllm:num_requests_waiting{engine="0",model_name="a"} 0.0
                        vllm:num_requests_waiting{engine="1",model_name="a"} 2.0
                        vllm:gpu_cache_usage_perc{engine="0",model_name="a"} 0.9
                        vllm:kv_cache_usage_perc{engine="0",model_name="a"} 0.125
                        vllm:kv_cache_usage_perc{engine="1",model_name="a"} 0.5
                        vllm:request_success_total{finished_reason="stop"} 1e+06
                        """);

        assertThat(numbers.requestsRunning()).hasValue(7);
        assertThat(numbers.requestsWaiting()).hasValue(2);
        assertThat(numbers.kvCacheUsage()).as("the newer name counts").hasValue(0.5);
        assertThat(numbers.utilPct()).isEmpty();
        assertThat(numbers.vramUsedMb()).isEmpty();
    }

    @Test
    void anOlderVllmHasAnotherNameForItsCache() {
        assertThat(numbers("vllm:gpu_cache_usage_perc 0.75").kvCacheUsage()).hasValue(0.75);
    }

    @Test
    void llamaCppHasNoLabels() {
        GpuNumbers numbers =
                numbers(
                        """
                        # HELP llamacpp:requests_processing Number of requests processing.
                        llamacpp:requests_processing 1
                        llamacpp:requests_deferred 4
                        llamacpp:prompt_tokens_total 512
                        """);

        assertThat(numbers.requestsRunning()).hasValue(1);
        assertThat(numbers.requestsWaiting()).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DCGM_FI_DEV_GPU_TEMP 61",
                "  DCGM_FI_DEV_GPU_TEMP\t61  ",
                "DCGM_FI_DEV_GPU_TEMP{} 61",
                "DCGM_FI_DEV_GPU_TEMP {gpu=\"0\"} 61",
                "DCGM_FI_DEV_GPU_TEMP{gpu=\"0\"}61",
                "DCGM_FI_DEV_GPU_TEMP{gpu=\"0\",} 6.1e1",
                "DCGM_FI_DEV_GPU_TEMP +61.0",
                "DCGM_FI_DEV_GPU_TEMP 61 1763740800000",
                "DCGM_FI_DEV_GPU_TEMP 61 -1",
                "DCGM_FI_DEV_GPU_TEMP{a=\"}\",b=\"{ 5\"} 61",
                "DCGM_FI_DEV_GPU_TEMP{a=\"\\\"} 7\",b=\"\\\\\"} 61",
                "DCGM_FI_DEV_GPU_TEMP 61 # {trace_id=\"a\"} 1 1",
                "DCGM_FI_DEV_GPU_TEMP 61\r\nother 5\r\n",
                "# DCGM_FI_DEV_GPU_TEMP 99\nDCGM_FI_DEV_GPU_TEMP 61\n# EOF",
                "DCGM_FI_DEV_GPU_TEMPERATURE 5\nDCGM_FI_DEV_GPU_TEMP 61",
                "not a metric at all {\nDCGM_FI_DEV_GPU_TEMP 61"
            })
    void oddButValidLinesAreRead(String text) {
        assertThat(numbers(text).tempC()).hasValue(61);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DCGM_FI_DEV_GPU_UTIL NaN               | DCGM_FI_DEV_GPU_UTIL is NaN
                    DCGM_FI_DEV_GPU_UTIL +Inf              | DCGM_FI_DEV_GPU_UTIL is Infinity
                    DCGM_FI_DEV_GPU_UTIL -Inf              | DCGM_FI_DEV_GPU_UTIL is -Infinity
                    DCGM_FI_DEV_GPU_UTIL 1e999             | DCGM_FI_DEV_GPU_UTIL is Infinity
                    DCGM_FI_DEV_GPU_UTIL -3                | DCGM_FI_DEV_GPU_UTIL is -3.0
                    DCGM_FI_DEV_GPU_UTIL 101               | gpu_util_pct is 101.0, not in 0..100
                    DCGM_FI_DEV_GPU_UTIL                   | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL{gpu="0"}          | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL{gpu="0" 45        | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL{gpu="0\\"} 45     | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL forty             | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL 45d               | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL 0x1p3             | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL 45,5              | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL 45 soon           | DCGM_FI_DEV_GPU_UTIL is not a number
                    DCGM_FI_DEV_GPU_UTIL 45 1 2            | DCGM_FI_DEV_GPU_UTIL is not a number
                    vllm:kv_cache_usage_perc 1.5           | kv_cache_usage is 1.5, not in 0..1
                    vllm:num_requests_running 1e300        | requests_running is 1.0E300, not in 0..1000000000
                    DCGM_FI_DEV_FB_FREE 100                | no known metric in it
                    some_metric 5                          | no known metric in it
                    <html>DCGM_FI_DEV_GPU_UTIL 5</html>    | no known metric in it
                    {"gpu_util_pct": 5}                    | no known metric in it
                    """)
    void whatCannotBeTrueIsGarbageWithAReason(String text, String reason) {
        assertThat(read(text)).isEqualTo(new Reading.Garbage(reason));
    }

    @Test
    void aNegativeSeriesDoesNotHideInASum() {
        assertThat(read("DCGM_FI_DEV_FB_USED{gpu=\"0\"} 900\nDCGM_FI_DEV_FB_USED{gpu=\"1\"} -5"))
                .isEqualTo(new Reading.Garbage("DCGM_FI_DEV_FB_USED is -5.0"));
    }

    @Test
    void nothingAtAllIsGarbage() {
        assertThat(read("")).isEqualTo(new Reading.Garbage("no known metric in it"));
    }

    @Test
    void hostileLengthIsGarbage() {
        assertThat(read("DCGM_FI_DEV_GPU_UTIL " + "9".repeat(900_000)))
                .isInstanceOf(Reading.Garbage.class);
        assertThat(read("DCGM_FI_DEV_GPU_UTIL{" + "a=\"\\".repeat(200_000)))
                .isInstanceOf(Reading.Garbage.class);
        assertThat(read("DCGM_FI_DEV_GPU_UTIL 5" + " ".repeat(900_000) + "x"))
                .isInstanceOf(Reading.Garbage.class);
    }

    @ParameterizedTest
    @EnumSource
    void anyBytesGiveAReading(Sidecar.Kind kind) {
        long seed = 20_260_301;
        Random random = new Random(seed);
        byte[] real =
                """
                DCGM_FI_DEV_GPU_UTIL{gpu="0"} 45 1763740800000
                {"gpu_util_pct": 45, "temp_c": 61}
                """
                        .getBytes(UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] spoiled = real.clone();
            for (int change = 0; change < 1 + i % 5; change++) {
                spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
            }
            assertThat(SidecarFormat.read(kind, spoiled)).as("seed %d, %d", seed, i).isNotNull();
        }
    }

    private static GpuNumbers numbers(String text) {
        assertThat(read(text)).isInstanceOf(Reading.Numbers.class);
        return ((Reading.Numbers) read(text)).numbers();
    }

    private static Reading read(String text) {
        return SidecarFormat.read(Sidecar.Kind.DCGM, text.getBytes(UTF_8));
    }
}
