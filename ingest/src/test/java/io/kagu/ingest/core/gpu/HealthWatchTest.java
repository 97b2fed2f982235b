package io.kagu.ingest.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

class HealthWatchTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Reading MISSED = new Reading.Missed("no answer within 800 ms");

    private final HealthWatch watch = new HealthWatch("gpu-a", DownRule.DEFAULT, 3);

    @ParameterizedTest
    @CsvSource({
        // util, used of 1000 MiB, temp, health
        "50, 500, 60, OK",
        "100, 950, 85, OK",
        "98, 0, 99, OK",
        "98.1, 0, 85.1, DOWN",
        "0, 951, 20, DOWN",
        "100, 1000, 90, DOWN",
        ", 951, , DOWN",
        "99, , 86, DOWN",
        "99, , , OK",
        ", , 99, OK",
    })
    void aFullOrHotCardIsDown(Double util, Long used, Double temp, Health health) {
        GpuMetrics metrics = watch.after(numbers(util, used, temp), NOON).orElseThrow();

        assertThat(metrics.health()).isEqualTo(health);
        assertThat(metrics.reason().isPresent()).isEqualTo(health != Health.OK);
    }

    @Test
    void theReasonSaysWhatIsAboveWhat() {
        assertThat(watch.after(numbers(5.0, 976L, 30.0), NOON).orElseThrow().reason())
                .contains("video memory is 97.6 % full, above 95 %");
        assertThat(watch.after(numbers(99.5, 10L, 91.0), NOON).orElseThrow().reason())
                .contains("91.0 °C at 99.5 % load, above 85 °C");
    }

    @Test
    void boundsCanBeOthers() {
        HealthWatch patient = new HealthWatch("gpu-a", new DownRule(100, 50, 40), 1);

        assertThat(patient.after(numbers(50.0, 1000L, 90.0), NOON).orElseThrow().health())
                .isEqualTo(Health.OK);
        assertThat(patient.after(numbers(51.0, 0L, 41.0), NOON).orElseThrow().health())
                .isEqualTo(Health.DOWN);
    }

    @Test
    void whatTheSidecarSaidStandsInTheMetrics() {
        GpuMetrics metrics = watch.after(numbers(50.0, 500L, null), NOON).orElseThrow();

        assertThat(metrics.gpu()).isEqualTo("gpu-a");
        assertThat(metrics.time()).isEqualTo(NOON);
        assertThat(metrics.gpuUtilPct()).hasValue(50);
        assertThat(metrics.vramUsedMb()).hasValue(500);
        assertThat(metrics.vramTotalMb()).hasValue(1000);
        assertThat(metrics.tempC()).isEmpty();
    }

    @Test
    void onlyMissesInARowAreAnOutage() {
        assertThat(watch.after(MISSED, NOON)).isEmpty();
        assertThat(watch.after(MISSED, NOON)).isEmpty();
        assertThat(health(numbers(5.0, 5L, 5.0))).contains(Health.OK);
        assertThat(watch.after(MISSED, NOON)).isEmpty();
        assertThat(watch.after(MISSED, NOON)).isEmpty();
        assertThat(health(MISSED)).contains(Health.UNREACHABLE);
        assertThat(health(MISSED)).as("said again, with a new time").contains(Health.UNREACHABLE);
        assertThat(health(numbers(5.0, 5L, 5.0))).contains(Health.OK);
        assertThat(watch.after(MISSED, NOON)).isEmpty();
    }

    @Test
    void whatIsNotReachedHasNoNumbers() {
        GpuMetrics metrics = new HealthWatch("g", DownRule.DEFAULT, 1).after(MISSED, NOON).get();

        assertThat(metrics.reason()).contains("no answer within 800 ms");
        assertThat(metrics.gpuUtilPct()).isEmpty();
        assertThat(metrics.vramUsedMb()).isEmpty();
    }

    @Test
    void garbageIsSaidAtOnceAndIsNoMiss() {
        Reading garbage = new Reading.Garbage("no JSON object");
        watch.after(MISSED, NOON);
        watch.after(MISSED, NOON);

        GpuMetrics metrics = watch.after(garbage, NOON).orElseThrow();

        assertThat(metrics.health()).isEqualTo(Health.GARBAGE);
        assertThat(metrics.reason()).contains("no JSON object");
        assertThat(metrics.gpuUtilPct()).isEmpty();
        assertThat(watch.after(MISSED, NOON)).isEmpty();
    }

    private Optional<Health> health(Reading reading) {
        return watch.after(reading, NOON).map(GpuMetrics::health);
    }

    private static Reading numbers(Double util, Long used, Double temp) {
        return new Reading.Numbers(
                new GpuNumbers(
                        util == null ? OptionalDouble.empty() : OptionalDouble.of(util),
                        used == null ? OptionalLong.empty() : OptionalLong.of(used),
                        OptionalLong.of(1000),
                        temp == null ? OptionalDouble.empty() : OptionalDouble.of(temp),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.empty()));
    }

    @Test
    void aGpusOwnBoundsGoBeforeTheInstallations() {
        DownAt own = new DownAt(OptionalInt.of(100), OptionalInt.empty(), OptionalInt.of(99));

        assertThat(DownRule.DEFAULT.with(own)).isEqualTo(new DownRule(100, 98, 99));
        assertThat(DownRule.DEFAULT.with(DownAt.INSTALLATION)).isEqualTo(DownRule.DEFAULT);
    }
}
