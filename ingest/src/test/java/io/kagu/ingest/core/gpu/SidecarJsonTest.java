package io.kagu.ingest.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kagu.common.gpu.Sidecar;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

class SidecarJsonTest {

    @Test
    void aWholeAnswerGivesFourNumbers() {
        assertThat(
                        read(
                                """
                                {"gpu_util_pct": 45.5, "vram_used_mb": 8000, "name": "card",
                                 "vram_total_mb": 24576, "temp_c": 61, "fans": [1, 2]}
                                """))
                .isEqualTo(
                        new Reading.Numbers(
                                new GpuNumbers(
                                        OptionalDouble.of(45.5),
                                        OptionalLong.of(8000),
                                        OptionalLong.of(24576),
                                        OptionalDouble.of(61),
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalDouble.empty())));
    }

    @Test
    void whatIsNotSaidIsAbsentAndNotZero() {
        assertThat(read("{\"gpu_util_pct\": 0, \"temp_c\": null}"))
                .isEqualTo(
                        new Reading.Numbers(
                                new GpuNumbers(
                                        OptionalDouble.of(0),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        OptionalDouble.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalDouble.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"gpu_util_pct": -1}                         | gpu_util_pct is -1.0, not in 0..100
                    {"gpu_util_pct": 100.5}                      | gpu_util_pct is 100.5, not in 0..100
                    {"gpu_util_pct": 1e999}                      | gpu_util_pct is Infinity, not in 0..100
                    {"gpu_util_pct": "45"}                       | gpu_util_pct is not a number
                    {"gpu_util_pct": [45]}                       | gpu_util_pct is not a number
                    {"gpu_util_pct": true}                       | gpu_util_pct is not a number
                    {"temp_c": 2147483632}                       | temp_c is 2.147483632E9, not in 0..200
                    {"vram_total_mb": 0, "vram_used_mb": 0}      | vram_total_mb is 0.0, not in 1..1000000000
                    {"vram_total_mb": 100, "vram_used_mb": 101}  | vram_used_mb 101.0 of 100.0
                    {"vram_used_mb": 9223372036854775792}        | vram_used_mb is 9.223372036854776E18, not in 0..1000000000
                    {"temp_c": 50, "vram_used_mb": -5}           | vram_used_mb is -5.0, not in 0..1000000000
                    {}                                           | no known metric in it
                    {"gpu_util": 5}                              | no known metric in it
                    {"temp_c": null}                             | no known metric in it
                    []                                           | no JSON object
                    45                                           | no JSON object
                    null                                         | no JSON object
                    """)
    void whatCannotBeTrueIsGarbageWithAReason(String json, String reason) {
        assertThat(read(json)).isEqualTo(new Reading.Garbage(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<p>hm, {\"gpu",
                "{\"gpu_util_pct\": NaN}",
                "{\"gpu_util_pct\": 45",
                "{\"gpu_util_pct\": 4 5}",
                "\u0000\u0001\u0002",
                "DCGM_FI_DEV_GPU_UTIL 5"
            })
    void whatIsNoJsonIsGarbage(String body) {
        assertThat(read(body)).isInstanceOf(Reading.Garbage.class);
    }

    @Test
    void hostileDepthAndLengthAreGarbage() {
        assertThat(read("[".repeat(500_000))).isInstanceOf(Reading.Garbage.class);
        assertThat(read("{\"temp_c\": " + "9".repeat(500_000) + "}"))
                .isInstanceOf(Reading.Garbage.class);
        assertThat(read("{\"temp_c\": 1e" + "9".repeat(900) + "}"))
                .isInstanceOf(Reading.Garbage.class);
        assertThat(SidecarFormat.read(Sidecar.Kind.JSON, new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
                .isInstanceOf(Reading.Garbage.class);
    }

    @Test
    void aGpuWithoutASidecarHasNoFormat() {
        assertThat(SidecarFormat.read(Sidecar.Kind.NONE, new byte[0]))
                .isInstanceOf(Reading.Garbage.class);
    }

    private static Reading read(String body) {
        return SidecarFormat.read(Sidecar.Kind.JSON, body.getBytes(UTF_8));
    }
}
