package io.kagu.bench.routing;

import static io.kagu.bench.routing.SmallFleet.FAST;
import static io.kagu.bench.routing.SmallFleet.SLOW;
import static io.kagu.bench.routing.SmallFleet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kagu.common.job.Priority;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

class FleetRunTest {

    private static final Workload TWO =
            SmallFleet.given(job(0, 0, "a", Priority.LOW), job(1, 500, "a", Priority.HIGH));

    /** A dispatch that follows a script, whether it may or not. */
    private record Scripted(Queue<Placement> script) implements Dispatch {

        static Scripted of(Placement... calls) {
            return new Scripted(new ArrayDeque<>(List.of(calls)));
        }

        @Override
        public void arrived(FleetJob job, long now) {}

        @Override
        public void ended(Placement call, long now) {}

        @Override
        public void scraped(FleetGpu gpu, SidecarNumbers numbers, long now) {}

        @Override
        public Optional<Placement> next(long now) {
            return Optional.ofNullable(script.peek())
                    .filter(call -> call.job().arrivesAt() <= now)
                    .map(_ -> script.remove());
        }
    }

    /** A run that does not serve all jobs never ends; one that serves a job twice fails. */
    @ParameterizedTest
    @EnumSource
    void everyContenderServesEveryJobOnce(Contender contender) {
        Workload workload = Workload.of(new Scenario(1.0, 12, 400), 3);

        Figures figures = FleetRun.of(workload, contender.start(workload));

        assertThat(figures.all().size()).isEqualTo(400);
        assertThat(figures.all().percentile(1)).isNotNegative();
    }

    @Test
    void waitsAndTheMakespanAreThoseOfTheScript() {
        Figures figures =
                FleetRun.of(
                        TWO,
                        Scripted.of(
                                new Placement(TWO.jobs().getFirst(), FAST),
                                new Placement(TWO.jobs().getLast(), SLOW)));

        assertThat(figures.all().percentile(100)).isZero();
        assertThat(figures.makespan()).isEqualTo(4_500);
        assertThat(figures.idle()).isZero();
    }

    @Test
    void aSlotThatIdlesWhileAJobWaitsForItIsCounted() {
        Workload workload =
                SmallFleet.given(job(0, 0, "a", Priority.LOW), job(1, 0, "b", Priority.HIGH));
        Dispatch allOnOne = new PushDispatch(workload, (_, _, _) -> FAST, PushDispatch.BY_LANE);

        Figures figures = FleetRun.of(workload, allOnOne);

        assertThat(figures.low().percentile(50)).as("behind the urgent one").isZero();
        assertThat(figures.high().percentile(50)).as("the slot was taken").isEqualTo(1_000);
        assertThat(figures.idle()).as("nobody else serves b").isZero();
    }

    @Test
    void aSlotThatIdlesBesideAQueueIsCounted() {
        Workload workload =
                SmallFleet.given(job(0, 0, "a", Priority.LOW), job(1, 0, "a", Priority.LOW));
        Dispatch allOnOne = new PushDispatch(workload, (_, _, _) -> FAST, PushDispatch.FIFO);

        Figures figures = FleetRun.of(workload, allOnOne);

        assertThat(figures.idle()).isEqualTo(1_000);
    }

    @Test
    void aCallBeyondTheSlotsFailsTheRun() {
        Dispatch overselling =
                Scripted.of(
                        new Placement(TWO.jobs().getFirst(), SLOW),
                        new Placement(TWO.jobs().getLast(), SLOW));

        assertThatThrownBy(() -> FleetRun.of(TWO, overselling))
                .hasMessageContaining("cannot begin");
    }

    @Test
    void aCallOfAModelThatTheGpuLacksFailsTheRun() {
        Workload workload = SmallFleet.given(job(0, 0, "b", Priority.LOW));
        Dispatch wrong = Scripted.of(new Placement(workload.jobs().getFirst(), SLOW));

        assertThatThrownBy(() -> FleetRun.of(workload, wrong)).hasMessageContaining("cannot begin");
    }

    @Test
    void aJobThatBeginsTwiceFailsTheRun() {
        Dispatch twice =
                Scripted.of(
                        new Placement(TWO.jobs().getFirst(), SLOW),
                        new Placement(TWO.jobs().getFirst(), FAST));

        assertThatThrownBy(() -> FleetRun.of(TWO, twice)).hasMessage("job 0 began twice");
    }
}
