package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kagu.dispatcher.core.WaitModel.Server;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** How long calls are taken to last. */
class ServiceTimesTest {

    private static final Gpu ALPHA = new Gpu(GpuSample.named("alpha").slots(2).spec(), 0);
    private static final Gpu BETA = new Gpu(GpuSample.named("beta").slots(3).spec(), 0);
    private static final Offset<Double> EXACT = within(1e-9);

    private final ServiceTimes times = new ServiceTimes();

    @Test
    void aMeanIsToldOnceThreeCallsAreKnown() {
        ended("a", "alpha", 100, 200);
        assertThat(times.mean("a", "alpha")).isEmpty();

        ended("a", "alpha", 600);

        assertThat(times.mean("a", "alpha").orElseThrow()).isCloseTo(300, EXACT);
        assertThat(times.mean("b", "alpha")).isEmpty();
        assertThat(times.mean("a", "beta")).isEmpty();
    }

    @Test
    void aLateCallCountsATenth() {
        for (int i = 0; i < 20; i++) {
            ended("a", "alpha", 1_000);
        }
        ended("a", "alpha", 2_000);

        assertThat(times.mean("a", "alpha").orElseThrow()).isCloseTo(1_100, EXACT);
        Server server = times.servers(List.of("a"), List.of(ALPHA)).getFirst();
        assertThat(server.variation()).isCloseTo(0.9 * 0.1 * 1_000_000 / (1_100 * 1_100), EXACT);
    }

    @Test
    void whatTookNoTimeTookAMillisecond() {
        ended("a", "alpha", 0, 0, 0);

        assertThat(times.mean("a", "alpha")).hasValue(1);
    }

    @Test
    void nothingIsKnownBeforeTheFirstCall() {
        assertThat(times.servers(List.of("a"), List.of(ALPHA))).isEmpty();
    }

    @Test
    void aServerIsTheMeanOverItsModels() {
        ended("a", "alpha", 100, 100, 100);
        ended("b", "alpha", 300, 300, 300);

        assertThat(times.servers(List.of("a", "b", "c"), List.of(ALPHA)))
                .containsExactly(new Server(2, 200, 0));
        assertThat(times.servers(List.of("b"), List.of(ALPHA)))
                .containsExactly(new Server(2, 300, 0));
    }

    @Test
    void variationsOfModelsAreAveragedToo() {
        ended("a", "alpha", 100, 200, 300);
        ended("b", "alpha", 300, 300, 300);
        Server server = times.servers(List.of("a", "b"), List.of(ALPHA)).getFirst();

        assertThat(server.meanMillis()).isCloseTo(250, EXACT);
        double variance = 20_000 / 3.0;
        assertThat(server.variation()).isCloseTo(variance / (200 * 200) / 2, EXACT);
    }

    @Test
    void aGpuThatIsHardlyMeasuredIsTakenForOneLikeTheOthers() {
        ended("a", "alpha", 100, 100, 100);
        ended("a", "beta", 300, 300);

        assertThat(times.servers(List.of("a"), List.of(ALPHA, BETA)))
                .containsExactly(new Server(2, 100, 0), new Server(3, 200, 1));
    }

    @Test
    void aGpuThatLeftIsForgotten() {
        ended("a", "alpha", 100, 100, 100);
        ended("b", "beta", 300, 300, 300);
        times.keep(Set.of("beta"));

        assertThat(times.mean("a", "alpha")).isEmpty();
        assertThat(times.servers(List.of("a"), List.of(ALPHA))).isEmpty();
        assertThat(times.mean("b", "beta")).hasValue(300);
    }

    private void ended(String model, String gpu, long... durations) {
        for (long millis : durations) {
            times.ended(model, gpu, millis);
        }
    }
}
