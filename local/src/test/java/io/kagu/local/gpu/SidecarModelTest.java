package io.kagu.local.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class SidecarModelTest {

    private long nowNanos;
    private final SidecarModel model = new SidecarModel(4, 24_000, () -> nowNanos);

    @Test
    void anIdleGpuIsCoolAndHoldsItsWeights() {
        var idle = model.reading();

        assertThat(idle).isEqualTo(new GpuReading(0, 13_200, 24_000, 34));
    }

    @Test
    void utilisationFollowsAtOnceAndTemperatureLater() {
        model.loadChanged(new EngineLoad(4, 0, 100));

        pass(2);
        var soon = model.reading();
        pass(120);
        var late = model.reading();

        assertThat(soon.gpuUtilPct()).isGreaterThan(90);
        assertThat(soon.tempC()).isBetween(34.5, 50.0);
        assertThat(late.tempC()).isBetween(75.0, 80.0);
    }

    @Test
    void moreBusySlotsMeanMoreUtilisation() {
        model.loadChanged(new EngineLoad(1, 0, 10));
        pass(10);
        double one = model.reading().gpuUtilPct();
        model.loadChanged(new EngineLoad(4, 0, 40));
        pass(10);

        assertThat(model.reading().gpuUtilPct()).isGreaterThan(one + 20);
    }

    @Test
    void readingOftenChangesNothing() {
        var other = new SidecarModel(4, 24_000, () -> nowNanos);
        model.loadChanged(new EngineLoad(2, 0, 0));
        other.loadChanged(new EngineLoad(2, 0, 0));
        for (int i = 0; i < 3; i++) {
            pass(1);
            assertThat(model.reading().gpuUtilPct()).isPositive();
        }

        assertThat(model.reading().gpuUtilPct()).isEqualTo(other.reading().gpuUtilPct());
    }

    @Test
    void aFullCacheStaysBelowTheWholeMemory() {
        model.loadChanged(new EngineLoad(4, 9, 10_000_000));

        assertThat(model.cacheUsage()).isEqualTo(1);
        assertThat(model.reading().vramUsedMb()).isEqualTo(21_600);
    }

    @Test
    void itCoolsDownAgain() {
        model.loadChanged(new EngineLoad(4, 0, 100));
        pass(120);
        double hot = model.reading().tempC();
        model.loadChanged(EngineLoad.IDLE);
        pass(10);

        assertThat(model.reading().gpuUtilPct()).isZero();
        assertThat(model.reading().tempC()).isBetween(40.0, hot - 10);
    }

    private void pass(long seconds) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
    }
}
