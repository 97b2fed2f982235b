package io.kagu.bench.chaos.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Comparator;
import java.util.List;

class FaultScheduleTest {

    private static final List<FaultKind> ALL = List.of(FaultKind.values());
    private static final long GAP = 1_000;

    @Test
    void theSameSeedDrawsTheSameFaults() {
        assertThat(draw(1)).isEqualTo(draw(1)).isNotEqualTo(draw(2));
    }

    @Test
    void everyKindComesAsOftenAsAnyOther() {
        List<Fault> faults = draw(1).faults();

        assertThat(faults).hasSize(2 * ALL.size());
        for (FaultKind kind : ALL) {
            assertThat(faults).filteredOn(fault -> fault.kind() == kind).as("%s", kind).hasSize(2);
        }
    }

    @Test
    void noVictimIsHitAgainBeforeItHasRested() {
        List<Fault> faults = draw(1).faults();

        assertThat(faults).isSortedAccordingTo(Comparator.comparingLong(Fault::atMillis));
        for (Victim victim : Victim.values()) {
            List<Fault> hits =
                    faults.stream().filter(fault -> fault.kind().victim() == victim).toList();
            for (int i = 1; i < hits.size(); i++) {
                Fault before = hits.get(i - 1);
                long rested =
                        before.atMillis()
                                + (before.kind().seconds() + victim.restSeconds()) * 1_000L;
                assertThat(hits.get(i).atMillis()).isGreaterThanOrEqualTo(rested);
            }
        }
    }

    private static FaultSchedule draw(long seed) {
        return FaultSchedule.draw(seed, 2 * ALL.size(), ALL, GAP);
    }
}
