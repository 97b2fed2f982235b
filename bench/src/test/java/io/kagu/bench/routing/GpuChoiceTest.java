package io.kagu.bench.routing;

import static io.kagu.bench.routing.SmallFleet.FAST;
import static io.kagu.bench.routing.SmallFleet.SLOW;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;

import java.util.List;

class GpuChoiceTest {

    private static final List<FleetGpu> BOTH = List.of(SLOW, FAST);
    private static final FleetJob JOB = SmallFleet.job(0, 0, "a", Priority.LOW);

    private final GpuBoard board = new GpuBoard(BOTH);

    private FleetGpu chosen(GpuChoice choice) {
        return choice.choose(JOB, BOTH, board);
    }

    @Test
    void roundRobinTakesTurns() {
        GpuChoice choice = GpuChoice.roundRobin();

        assertThat(chosen(choice)).isNotEqualTo(chosen(choice));
        assertThat(chosen(choice)).isNotEqualTo(chosen(choice));
    }

    @Test
    void leastConnectionsCountsWhatWasSent() {
        board.sent(SLOW);
        assertThat(chosen(GpuChoice.leastConnections())).isEqualTo(FAST);

        board.ended(SLOW);
        board.sent(FAST);
        assertThat(chosen(GpuChoice.leastConnections())).isEqualTo(SLOW);
    }

    @Test
    void twoChoicesTakeTheIdleGpuUnlessItIsDrawnNeitherTime() {
        board.sent(SLOW);
        GpuChoice choice = GpuChoice.twoChoices(1);

        long idle = 0;
        for (int draw = 0; draw < 1_000; draw++) {
            idle += chosen(choice).equals(FAST) ? 1 : 0;
        }

        assertThat(idle).as("about three in four").isBetween(650L, 850L);
    }

    @Test
    void theScoreIsBlindToWhatWasSentSinceTheLastScrape() {
        board.scraped(SLOW, new SidecarNumbers(10, 50, 40));
        board.scraped(FAST, new SidecarNumbers(11, 50, 40));
        board.sent(SLOW);

        assertThat(chosen(GpuChoice.lowestScore())).isEqualTo(SLOW);
    }

    @Test
    void theScoreWeighsUseMemoryAndHeat() {
        assertThat(new SidecarNumbers(50, 40, 70).score()).isEqualTo(30 + 12 + 1);
        assertThat(new SidecarNumbers(0, 0, 59).score()).isZero();
    }
}
