package io.kagu.bench.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class SlotTimeTest {

    private static final SlotTime.Fleet ONE_SLOT = new SlotTime.Fleet(1, 1);

    @Test
    void onlyWhatLiesInTheWindowCounts() {
        SlotTime time = time(ONE_SLOT, call(0, 0, 120), call(0, 130, 180), call(0, 190, 300));

        assertThat(time.share()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void everySlotOfEveryGpuCounts() {
        SlotTime time = time(new SlotTime.Fleet(2, 2), call(0, 100, 200), call(1, 150, 200));

        assertThat(time.share()).isCloseTo(1.5 / 4, within(1e-9));
    }

    @Test
    void aCallBelongsToTheWindowInWhichItEnds() {
        SlotTime time = time(ONE_SLOT, call(0, 0, 100), call(0, 110, 150), call(0, 160, 200));

        assertThat(time.callsPerSecond()).isCloseTo(2 / 100e-6, within(1e-3));
        assertThat(time.lengths().size()).isEqualTo(2);
        assertThat(time.lengths().percentile(100)).isEqualTo(100);
    }

    @Test
    void theSlotThatIsFreeTheLongestIsUsedFirst() {
        SlotTime time =
                time(
                        new SlotTime.Fleet(1, 2),
                        call(0, 0, 110),
                        call(0, 10, 120),
                        call(0, 125, 300),
                        call(0, 130, 300));

        assertThat(time.gaps().size()).isEqualTo(2);
        assertThat(time.gaps().percentile(50)).isEqualTo(10);
        assertThat(time.gaps().percentile(100)).isEqualTo(15);
    }

    @Test
    void oneGpusEndFreesNoSlotOfAnother() {
        SlotTime time =
                time(
                        new SlotTime.Fleet(2, 1),
                        call(0, 0, 110),
                        call(1, 0, 150),
                        call(1, 153, 300),
                        call(0, 111, 300));

        assertThat(time.gaps().percentile(50)).isEqualTo(1);
        assertThat(time.gaps().percentile(100)).isEqualTo(3);
    }

    @Test
    void aGapBelongsToTheWindowInWhichItEnds() {
        SlotTime time = time(ONE_SLOT, call(0, 0, 10), call(0, 20, 90), call(0, 105, 300));

        assertThat(time.gaps().size()).isEqualTo(1);
        assertThat(time.gaps().percentile(100)).isEqualTo(15);
    }

    @Test
    void moreCallsThanSlotsAreNoMeasurement() {
        SlotTime time = time(ONE_SLOT, call(0, 100, 150), call(0, 149, 200));

        assertThatThrownBy(time::gaps).hasMessage("GPU 0 had more than 1 calls at a time");
    }

    private static SlotTime time(SlotTime.Fleet fleet, GpuCall... calls) {
        return new SlotTime(fleet, 100, 200, List.of(calls));
    }

    private static GpuCall call(int gpu, long began, long ended) {
        return new GpuCall(gpu + "." + began, gpu, began, ended, true);
    }
}
