package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

class EventClockTest {

    @Test
    void itStandsAtTheTimeOfTheLastEvent() {
        EventClock clock = new EventClock();
        clock.set(PoolRig.START);

        assertThat(clock.millis()).isEqualTo(PoolRig.START);
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(PoolRig.START));
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(clock.withZone(ZoneId.of("Europe/Berlin"))).isSameAs(clock);
    }
}
