package io.kagu.ingest.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.admission.Thresholds;
import io.kagu.common.admission.Thresholds.Percent;
import io.kagu.common.job.Priority;
import io.kagu.ingest.core.Admission.Decision;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private final Admission ofFifty = new Admission(Thresholds.of(50, Percent.DEFAULT));

    @ParameterizedTest
    @CsvSource({
        "0, HIGH, Admitted",
        "0, NORMAL, Admitted",
        "0, LOW, Admitted",
        "29, HIGH, Admitted",
        "29, NORMAL, Admitted",
        "29, LOW, Admitted",
        "30, HIGH, AdmittedWithWarning",
        "30, NORMAL, AdmittedWithWarning",
        "34, LOW, AdmittedWithWarning",
        "35, LOW, Shed",
        "35, NORMAL, AdmittedWithWarning",
        "39, NORMAL, AdmittedWithWarning",
        "40, NORMAL, Shed",
        "40, HIGH, AdmittedWithWarning",
        "49, HIGH, AdmittedWithWarning",
        "49, NORMAL, Shed",
        "49, LOW, Shed",
        "50, HIGH, Full",
        "50, NORMAL, Full",
        "50, LOW, Full",
        "51, HIGH, Full"
    })
    void aPoolOfFiftyWarnsFromThirtyShedsFromFortyAndIsFullAtFifty(
            int waiting, Priority priority, String expected) {
        assertThat(ofFifty.decide(waiting, priority).getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void aJobTurnedAwayLearnsHowManyMustGoFirst() {
        assertThat(ofFifty.decide(45, Priority.LOW)).isEqualTo(new Decision.Shed(45, 35, 11));
        assertThat(ofFifty.decide(50, Priority.HIGH)).isEqualTo(new Decision.Full(50, 50, 1));
        assertThat(ofFifty.decide(50, Priority.NORMAL)).isEqualTo(new Decision.Full(50, 50, 11));
    }

    @Test
    void theDefaultCapacityHasRoundThresholds() {
        assertThat(Thresholds.of(10_000, Percent.DEFAULT))
                .isEqualTo(new Thresholds(10_000, 6_000, 7_000, 8_000));
    }

    @Test
    void thePoolOfOneStillTakesAJobOfEveryPriority() {
        Admission ofOne = new Admission(Thresholds.of(1, Percent.DEFAULT));

        for (Priority priority : Priority.values()) {
            assertThat(ofOne.decide(0, priority)).isEqualTo(new Decision.Admitted());
            assertThat(ofOne.decide(1, priority)).isInstanceOf(Decision.Full.class);
        }
    }

    @Test
    void theLargestCapacityDoesNotOverflow() {
        assertThat(Thresholds.of(10_000_000, Percent.DEFAULT).shedNormal()).isEqualTo(8_000_000);
    }
}
