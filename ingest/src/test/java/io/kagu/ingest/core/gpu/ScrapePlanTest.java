package io.kagu.ingest.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.DownAt;
import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

class ScrapePlanTest {

    private static final Predicate<String> ALL = _ -> true;
    private static final Sidecar OLD = sidecar("http://127.0.0.1:8090/health");
    private static final Sidecar NEW = sidecar("http://127.0.0.1:9090/health");

    @Test
    void whatIsRegisteredOursAndHasASidecarIsStarted() {
        ScrapePlan plan =
                ScrapePlan.decide(
                        Map.of("running", target(OLD)),
                        List.of(
                                gpu("new", OLD),
                                gpu("running", OLD),
                                gpu("silent", Sidecar.NONE),
                                gpu("theirs", OLD)),
                        name -> !name.equals("theirs"));

        assertThat(plan.start()).extracting(GpuSpec::name).containsExactly("new");
        assertThat(plan.stop()).isEmpty();
        assertThat(plan.retire()).isEmpty();
    }

    @Test
    void whatIsNotOursAnyMoreIsStoppedAndLeftToTheOther() {
        ScrapePlan plan =
                ScrapePlan.decide(
                        Map.of("a", target(OLD), "b", target(OLD)),
                        List.of(gpu("a", OLD)),
                        _ -> false);

        assertThat(plan).isEqualTo(new ScrapePlan(List.of(), List.of("a", "b"), List.of()));
    }

    @Test
    void whatIsGoneFromTheRegistryIsRetired() {
        assertThat(ScrapePlan.decide(Map.of("a", target(OLD)), List.of(), ALL))
                .isEqualTo(new ScrapePlan(List.of(), List.of(), List.of("a")));
    }

    @Test
    void whatHasNoSidecarAnyMoreIsRetired() {
        assertThat(
                        ScrapePlan.decide(
                                Map.of("a", target(OLD)), List.of(gpu("a", Sidecar.NONE)), ALL))
                .isEqualTo(new ScrapePlan(List.of(), List.of(), List.of("a")));
    }

    @Test
    void whoseSidecarMovedIsStoppedFirstAndStartedOnceItHasEnded() {
        List<GpuSpec> gpus = List.of(gpu("a", NEW));

        assertThat(ScrapePlan.decide(Map.of("a", target(OLD)), gpus, ALL))
                .isEqualTo(new ScrapePlan(List.of(), List.of("a"), List.of()));
        assertThat(ScrapePlan.decide(Map.of(), gpus, ALL))
                .isEqualTo(new ScrapePlan(gpus, List.of(), List.of()));
    }

    @Test
    void whatIsJudgedByOtherBoundsIsStartedAnew() {
        DownAt other = new DownAt(OptionalInt.of(99), OptionalInt.empty(), OptionalInt.empty());

        assertThat(
                        ScrapePlan.decide(
                                Map.of("a", new ScrapeTarget(OLD, other)),
                                List.of(gpu("a", OLD)),
                                ALL))
                .isEqualTo(new ScrapePlan(List.of(), List.of("a"), List.of()));
    }

    private static ScrapeTarget target(Sidecar sidecar) {
        return new ScrapeTarget(sidecar, DownAt.INSTALLATION);
    }

    private static GpuSpec gpu(String name, Sidecar sidecar) {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:8001"),
                sidecar,
                "default",
                "gpu",
                List.of(ServedModel.of("m")),
                1,
                0,
                0,
                300,
                GpuLimits.NONE,
                Optional.empty());
    }

    private static Sidecar sidecar(String url) {
        return new Sidecar(Sidecar.Kind.JSON, Optional.of(URI.create(url)));
    }
}
