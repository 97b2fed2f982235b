package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.dispatcher.core.Sightings.CallId;
import io.kagu.dispatcher.core.Sightings.Sighting;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

class PeersTest {

    private static final long NOW = 1_000_000;

    private static final long LIMIT = 2_050;

    private final Peers peers = new Peers();

    @Test
    void theOneWithTheMostRoomTakesTheCall() {
        assertThat(roomiest(Map.of("self", heard(9), "b", heard(2), "c", heard(3)))).contains("c");
    }

    @Test
    void equalsGoByName() {
        assertThat(roomiest(Map.of("b", heard(2), "a", heard(2)))).contains("a");
    }

    @Test
    void nobodyTakesItWhoHasNoRoom() {
        assertThat(roomiest(Map.of("self", heard(9), "b", heard(0)))).isEmpty();
    }

    @Test
    void whatItWasGivenSinceItToldIsNotFree() {
        Sightings told = sightings(Map.of("b", heard(2), "c", heard(1)));

        peers.gave(lease("b", "job-1"));
        peers.gave(lease("b", "job-2"));

        assertThat(peers.roomiest("self", told, NOW).map(Taker::executor)).contains("c");
        peers.gave(lease("c", "job-3"));
        assertThat(peers.roomiest("self", told, NOW)).isEmpty();
    }

    /** The call may still be on its way when the next heartbeat is sent. */
    @Test
    void whatItWasGivenCountsUntilAHeartbeatKnowsIt() {
        peers.gave(lease("b", "job-1"));

        assertThat(roomiest(Map.of("b", beat(LIMIT - 1, 1)))).isEmpty();
        assertThat(roomiest(Map.of("b", beat(LIMIT - 1, 1, new CallId("job-1", 1))))).contains("b");
        peers.gave(lease("b", "job-2"));
        assertThat(roomiest(Map.of("b", beat(LIMIT, 1)))).contains("b");
    }

    @Test
    void whatEndedIsFreeAgain() {
        peers.gave(lease("b", "job-1"));
        peers.ended(lease("b", "job-1"));
        peers.ended(lease("c", "job-9"));

        assertThat(roomiest(Map.of("b", heard(1)))).contains("b");
    }

    @Test
    void whoWasNotHeardLatelyTakesNone() {
        Sighting old = new Sighting(NOW - 1_501, 50, Set.of(), 5);
        Sighting lately = new Sighting(NOW - 1_500, 50, Set.of(), 5);

        assertThat(roomiest(Map.of("b", old))).isEmpty();
        assertThat(roomiest(Map.of("b", lately))).contains("b");
    }

    /** Its clock is an hour behind ours; what counts is what it showed, and how long ago. */
    @Test
    void theStartLimitIsByTheExecutorsClock() {
        long itsTime = NOW - 3_600_000;
        Sighting heard = new Sighting(NOW - 400, itsTime, Set.of(), 1);

        Taker taker = peers.roomiest("self", sightings(Map.of("b", heard)), NOW).orElseThrow();

        assertThat(taker.startBefore()).isEqualTo(itsTime + 400 + Taker.START_WITHIN);
    }

    private Optional<String> roomiest(Map<String, Sighting> heard) {
        return peers.roomiest("self", sightings(heard), NOW).map(Taker::executor);
    }

    private static Sightings sightings(Map<String, Sighting> heard) {
        return new Sightings(0, heard);
    }

    private static Sighting heard(int freeCalls) {
        return new Sighting(NOW - 100, 50, Set.of(), freeCalls);
    }

    private static Sighting beat(long itsTime, int freeCalls, CallId... calls) {
        return new Sighting(NOW, itsTime, Set.of(calls), freeCalls);
    }

    private static Lease lease(String executor, String job) {
        return new Lease(job, 1, "alpha", executor, NOW, NOW + 1, LIMIT);
    }
}
