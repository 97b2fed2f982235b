package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.common.job.QueueStatus.LaneStatus;
import io.kagu.common.job.QueueStatus.WaitAccuracy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

class PoolMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PoolMetrics metrics = new PoolMetrics(meters);

    @Test
    void aPoolIsTold() {
        metrics.reported(status("p1", List.of(), Optional.of(new WaitAccuracy(9, 0.2, 0.93, 1))));

        assertThat(pool("kagu.pool.running")).isEqualTo(3);
        assertThat(pool("kagu.pool.retrying")).isEqualTo(2);
        assertThat(pool("kagu.pool.slots")).isEqualTo(8);
        assertThat(pool("kagu.pool.metrics.blind")).isEqualTo(1);
        assertThat(pool("kagu.pool.wait.error")).isEqualTo(0.2);
        assertThat(pool("kagu.pool.wait.p90.covered")).isEqualTo(0.93);
    }

    @Test
    void lanesAreToldApart() {
        metrics.reported(status("p1", List.of(), Optional.empty()));

        assertThat(lane("kagu.pool.waiting", "low")).isEqualTo(7);
        assertThat(lane("kagu.pool.oldest.age.seconds", "low")).isEqualTo(90);
        assertThat(lane("kagu.pool.waiting", "high")).isZero();
        assertThat(lane("kagu.pool.oldest.age.seconds", "high")).isZero();
    }

    @Test
    void whatIsNotKnownYetIsNotZero() {
        metrics.reported(status("p1", List.of(), Optional.empty()));

        assertThat(pool("kagu.pool.wait.error")).isNaN();
        assertThat(pool("kagu.pool.wait.p90.covered")).isNaN();
    }

    @Test
    void aGpusBreakerAndWhatKeepsItFromCallsAreTold() {
        metrics.reported(status("p1", List.of(gpu("a", "OPEN", "breaker_open")), Optional.empty()));

        assertThat(gpu("kagu.gpu.breaker")).isEqualTo(2);
        assertThat(gpu("kagu.gpu.leases")).isEqualTo(1);
        assertThat(hindered("breaker_open")).isEqualTo(1);
        assertThat(hindered("full")).isZero();

        metrics.reported(status("p1", List.of(gpu("a", "HALF_OPEN", "probing")), Optional.empty()));

        assertThat(gpu("kagu.gpu.breaker")).isEqualTo(1);
        assertThat(hindered("breaker_open")).isZero();
        assertThat(hindered("probing")).isEqualTo(1);
    }

    @Test
    void aGpuThatIsGoneLosesItsGauges() {
        metrics.reported(status("p1", List.of(gpu("a", "OPEN", "breaker_open")), Optional.empty()));

        metrics.reported(status("p1", List.of(), Optional.empty()));

        assertThat(meters.find("kagu.gpu.breaker").meters()).isEmpty();
        assertThat(meters.find("kagu.gpu.hindered").meters()).isEmpty();
        assertThat(pool("kagu.pool.slots")).isEqualTo(8);
    }

    @Test
    void aPoolThatMovedAwayLosesItsGaugesAndNoOtherDoes() {
        metrics.reported(status("p1", List.of(gpu("a", "CLOSED", "full")), Optional.empty()));
        metrics.reported(status("p2", List.of(gpu("b", "CLOSED", "full")), Optional.empty()));

        metrics.left("p1");

        assertThat(meters.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("pool")).isEqualTo("p2"));
    }

    @Test
    void prometheusReadsThem() {
        metrics.reported(status("p1", List.of(gpu("a", "OPEN", "breaker_open")), Optional.empty()));

        assertThat(meters.scrape())
                .contains("kagu_pool_waiting{pool=\"p1\",priority=\"low\"} 7.0")
                .contains("kagu_gpu_breaker{gpu=\"a\",pool=\"p1\"} 2.0")
                .contains("kagu_pool_metrics_blind{pool=\"p1\"} 1.0");
    }

    private double pool(String name) {
        return value(meters.get(name).tag("pool", "p1").gauge());
    }

    private double lane(String name, String priority) {
        return value(meters.get(name).tag("pool", "p1").tag("priority", priority).gauge());
    }

    private double gpu(String name) {
        return value(meters.get(name).tag("pool", "p1").tag("gpu", "a").gauge());
    }

    private double hindered(String reason) {
        return value(meters.get("kagu.gpu.hindered").tag("gpu", "a").tag("reason", reason).gauge());
    }

    private static double value(Gauge gauge) {
        return gauge.value();
    }

    private static GpuStatus gpu(String name, String breaker, String hindrance) {
        return new GpuStatus(
                name,
                4,
                1,
                breaker,
                Optional.empty(),
                Optional.empty(),
                Optional.of(hindrance),
                Optional.of("fresh"));
    }

    private static QueueStatus status(
            String pool, List<GpuStatus> gpus, Optional<WaitAccuracy> waits) {
        List<LaneStatus> lanes =
                List.of(
                        new LaneStatus(Priority.HIGH, 0, OptionalLong.empty(), Optional.empty()),
                        new LaneStatus(
                                Priority.LOW,
                                7,
                                OptionalLong.of(1),
                                Optional.of(NOW.minusSeconds(90))));
        return new QueueStatus(
                QueueStatus.SCHEMA,
                pool,
                "owner",
                NOW,
                lanes,
                3,
                2,
                8,
                gpus,
                0,
                0,
                0,
                true,
                List.of(),
                waits);
    }
}
