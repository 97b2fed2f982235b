package io.kagu.statusapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.job.QueueStatus.GpuStatus;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

class GpuReportTest {

    private static final Instant NOW = JobStory.T0;
    private static final Instant LATER = NOW.plusSeconds(9);

    /** A GPU of which all is known and good; a test changes one thing. */
    private Sidecar sidecar = new Sidecar(Sidecar.Kind.JSON, Optional.of(URI.create("http://h")));

    private boolean draining;
    private Optional<GpuMetrics> metrics = Optional.of(said(NOW, Health.OK));
    private Instant ownerSaid = NOW;
    private boolean owned = true;
    private GpuStatus status = status("CLOSED", Optional.empty(), Optional.empty());

    private static GpuMetrics said(Instant time, Health health) {
        return new GpuMetrics(
                GpuMetrics.SCHEMA,
                "gpu",
                time,
                health,
                health == Health.OK ? Optional.empty() : Optional.of("so it is"),
                OptionalDouble.of(50),
                OptionalLong.of(4000),
                OptionalLong.of(16000),
                OptionalDouble.of(70),
                OptionalInt.of(2),
                OptionalInt.empty(),
                OptionalDouble.empty());
    }

    private static GpuStatus status(
            String breaker, Optional<Instant> openUntil, Optional<Instant> limitedUntil) {
        return new GpuStatus("gpu", 4, 3, breaker, openUntil, limitedUntil);
    }

    private GpuReport report() {
        GpuSpec spec =
                new GpuSpec(
                                "gpu",
                                URI.create("http://h"),
                                sidecar,
                                JobStory.POOL,
                                "gpu",
                                List.of(ServedModel.of("m")),
                                4,
                                0,
                                0,
                                300,
                                GpuLimits.NONE,
                                Optional.empty())
                        .draining(draining);
        Optional<QueueSnapshot> queue =
                owned
                        ? Optional.of(
                                QueueSnapshot.of(
                                        QueueStory.at(ownerSaid).withGpus(status).status(), NOW))
                        : Optional.empty();
        Instant since = NOW.minusSeconds(3600);
        return GpuReport.of(new KnownGpu(spec, since, metrics, queue, List.of()), NOW);
    }

    private JsonNode json() {
        return Json.tree(Json.write(report()));
    }

    private String reason() {
        return report().reason().map(Usability::code).orElse("none");
    }

    @Test
    void aGpuOfWhichAllIsKnownTellsEverything() {
        JsonNode json = json();

        assertThat(json.path("usable").asBoolean()).isTrue();
        assertThat(json.has("reason")).isFalse();
        assertThat(json.path("spec").path("name").asText()).isEqualTo("gpu");
        assertThat(json.path("running").asInt()).isEqualTo(3);
        assertThat(json.path("breaker").asText()).isEqualTo("CLOSED");
        assertThat(json.path("metrics").path("health").asText()).isEqualTo("ok");
        assertThat(json.path("metrics").path("age_s").asDouble()).isZero();
        assertThat(json.path("metrics").path("vram_pct").asDouble()).isEqualTo(25);
        assertThat(json.path("metrics").has("requests_waiting")).isFalse();
        assertThat(json.path("metrics").has("load_score")).isFalse();
        // 0.6 · 50 + 0.3 · 25 + 0.1 · 10
        assertThat(json.path("load_score").asDouble()).isEqualTo(38.5);
    }

    @Test
    void whatIsNotKnownIsAbsentAndNeverZero() {
        metrics = Optional.empty();
        owned = false;

        JsonNode json = json();

        assertThat(json.path("metrics").path("health").asText()).isEqualTo("unknown");
        assertThat(json.path("metrics").has("gpu_util_pct")).isFalse();
        assertThat(json.path("metrics").has("age_s")).isFalse();
        for (String field : List.of("load_score", "running", "breaker", "owner")) {
            assertThat(json.has(field)).as(field).isFalse();
        }
    }

    @Test
    void aSampleCountsForFifteenSeconds() {
        metrics = Optional.of(said(NOW.minusSeconds(15), Health.OK));
        assertThat(reason()).isEqualTo("none");

        metrics = Optional.of(said(NOW.minusMillis(15_001), Health.OK));

        assertThat(reason()).isEqualTo("metrics_unknown");
        assertThat(report().usable()).isTrue();
        assertThat(json().path("metrics").has("gpu_util_pct")).isFalse();
        assertThat(json().path("metrics").path("age_s").asDouble()).isEqualTo(15.001);
        assertThat(report().loadScore()).isEmpty();
    }

    @Test
    void aScraperWhoseClockIsAheadIsNotFromTheFuture() {
        metrics = Optional.of(said(NOW.plusSeconds(5), Health.OK));

        assertThat(json().path("metrics").path("age_s").asDouble()).isZero();
    }

    @Test
    void aGpuWithoutASidecarIsNeverUnknown() {
        sidecar = Sidecar.NONE;
        metrics = Optional.empty();

        assertThat(reason()).isEqualTo("none");
        assertThat(report().metrics()).isEmpty();
    }

    @Test
    void aSidecarThatTellsNothingLeavesTheGpuUsable() {
        for (Health health : List.of(Health.GARBAGE, Health.UNREACHABLE)) {
            metrics = Optional.of(said(NOW, health));

            assertThat(reason()).isEqualTo("metrics_unknown");
            assertThat(report().usable()).isTrue();
        }
    }

    @Test
    void aGpuThatIsDownGetsNoCalls() {
        metrics = Optional.of(said(NOW, Health.DOWN));

        assertThat(reason()).isEqualTo("down");
        assertThat(report().reason().orElseThrow().message()).isEqualTo("so it is");
        assertThat(report().usable()).isFalse();
    }

    @Test
    void theOwnersWordOnACardCountsForItDecides() {
        status = told("fresh", Optional.of("down"));
        assertThat(reason()).isEqualTo("down");
        assertThat(report().usable()).isFalse();

        metrics = Optional.of(said(NOW, Health.DOWN));
        status = told("fresh", Optional.empty());
        assertThat(reason()).isEqualTo("none");

        status = told("fresh", Optional.of("full"));
        assertThat(reason()).as("a slot will be free").isEqualTo("none");
    }

    private static GpuStatus told(String knowledge, Optional<String> hindrance) {
        return new GpuStatus(
                "gpu",
                4,
                3,
                "CLOSED",
                Optional.empty(),
                Optional.empty(),
                hindrance,
                Optional.of(knowledge));
    }

    @Test
    void anOpenBreakerBarsUntilItsTime() {
        status = status("OPEN", Optional.of(LATER), Optional.empty());
        assertThat(reason()).isEqualTo("breaker_open");
        assertThat(report().usable()).isFalse();
        assertThat(report().reason().orElseThrow().until()).contains(LATER);

        status = status("OPEN", Optional.of(NOW), Optional.empty());
        assertThat(reason()).isEqualTo("breaker_half_open");
        assertThat(report().usable()).isTrue();

        status = status("HALF_OPEN", Optional.empty(), Optional.empty());
        assertThat(reason()).isEqualTo("breaker_half_open");
    }

    @Test
    void aLimitBarsUntilItsTime() {
        status = status("CLOSED", Optional.empty(), Optional.of(LATER));
        assertThat(reason()).isEqualTo("limited");
        assertThat(report().usable()).isFalse();

        status = status("CLOSED", Optional.empty(), Optional.of(NOW));
        assertThat(reason()).isEqualTo("none");
    }

    @Test
    void aDrainIsToldFirst() {
        draining = true;
        metrics = Optional.of(said(NOW, Health.DOWN));

        assertThat(reason()).isEqualTo("draining");
        assertThat(report().usable()).isFalse();
        assertThat(report().drained()).isFalse();

        status = new GpuStatus("gpu", 4, 0, "CLOSED", Optional.empty(), Optional.empty());
        assertThat(report().drained()).isTrue();
    }

    @Test
    void withoutAnOwnerNobodyCallsIt() {
        ownerSaid = NOW.minusSeconds(6);
        assertThat(reason()).isEqualTo("no_owner");
        assertThat(report().usable()).isFalse();
        assertThat(report().running()).isEmpty();
    }

    @Test
    void aPoolThatNeverHadAJobHasNoOwnerYet() {
        owned = false;

        assertThat(reason()).isEqualTo("no_owner");
        assertThat(report().usable()).isTrue();
    }
}
