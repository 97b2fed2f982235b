package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The load score of a GPU, as the choice tells it. */
class PoolLoadTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha");
    private static final Card NOTHING =
            new Card(
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    OptionalDouble.empty());
    private static final Card COOL =
            NOTHING.utilised(50).memory(OptionalLong.of(1_000), OptionalLong.of(10_000));

    private final PoolRig rig = new PoolRig();
    private int jobs;

    @Test
    void ownLeasesFillAQuarterOfTheScore() {
        rig.use(ALPHA.slots(2));

        assertThat(score()).isEqualTo(0.875);
        assertThat(score()).isEqualTo(1);
    }

    @Test
    void aGpuThatServesOtherModelsTooIsKeptForThem() {
        rig.use(ALPHA.slots(2).serving("a", "b", "c", "d", "e"));

        assertThat(score()).isEqualTo(0.915);
    }

    @Test
    void aSidecarThatTellsNoNumberAddsNothing() {
        assertThat(scoreWith(NOTHING)).isEqualTo(1);
    }

    @Test
    void aCardIsUtilisationAndMemoryByTheirWeights() {
        assertThat(scoreWith(COOL)).isEqualTo(1.066);
        assertThat(scoreWith(COOL.hot(60))).isEqualTo(1.066);
    }

    @Test
    void whatIsNotKnownOfACardLeavesItsWeightToTheRest() {
        OptionalLong used = OptionalLong.of(1_000);
        OptionalLong total = OptionalLong.of(10_000);

        assertThat(scoreWith(NOTHING.utilised(50))).isEqualTo(1.09);
        assertThat(scoreWith(NOTHING.memory(used, total))).isEqualTo(1.018);
        assertThat(scoreWith(NOTHING.utilised(50).memory(used, OptionalLong.empty())))
                .isEqualTo(1.09);
        assertThat(scoreWith(NOTHING.utilised(50).memory(used, OptionalLong.of(0))))
                .isEqualTo(1.09);
        assertThat(scoreWith(NOTHING.utilised(50).memory(OptionalLong.empty(), total)))
                .isEqualTo(1.09);
    }

    @Test
    void aHotCardIsMoreLoaded() {
        assertThat(scoreWith(COOL.hot(80))).isEqualTo(1.07);
    }

    @Test
    void theMostLoadedOfCardCacheAndQueueCounts() {
        assertThat(scoreWith(COOL.cached(0.5))).isEqualTo(1.1);
        assertThat(scoreWith(COOL.cached(0.1))).isEqualTo(1.066);
        rig.use(ALPHA.watched().slots(2));
        rig.read(COOL.waiting(1).metrics());
        assertThat(score()).isEqualTo(0.975);
    }

    @Test
    void moreThanFullIsFull() {
        assertThat(scoreWith(COOL.waiting(9))).isEqualTo(1.2);
    }

    @Test
    void aStaleReadingStillCountsAndAnOlderOneDoesNot() {
        rig.use(ALPHA.watched());
        rig.read(COOL.metrics());
        rig.advance(SidecarReading.KNOWN_FOR);
        assertThat(score()).isEqualTo(1.066);
        rig.finish("job-0", Outcomes.COMPLETED);
        rig.advance(1);
        assertThat(score()).isEqualTo(1);
    }

    private double scoreWith(Card card) {
        PoolRig other = new PoolRig();
        other.use(ALPHA.watched());
        other.read(card.metrics());
        other.running("job");
        return other.choice("job").score();
    }

    private double score() {
        String id = "job-" + jobs++;
        rig.running(id);
        return rig.choice(id).score();
    }

    /** What a sidecar says of its card and its engine, as far as it does. */
    private record Card(
            OptionalDouble utilisation,
            OptionalLong used,
            OptionalLong total,
            OptionalDouble heat,
            OptionalInt queue,
            OptionalDouble cache) {

        Card utilised(double percent) {
            return new Card(OptionalDouble.of(percent), used, total, heat, queue, cache);
        }

        Card memory(OptionalLong usedMb, OptionalLong totalMb) {
            return new Card(utilisation, usedMb, totalMb, heat, queue, cache);
        }

        Card hot(double degrees) {
            return new Card(utilisation, used, total, OptionalDouble.of(degrees), queue, cache);
        }

        Card waiting(int requests) {
            return new Card(utilisation, used, total, heat, OptionalInt.of(requests), cache);
        }

        Card cached(double share) {
            return new Card(utilisation, used, total, heat, queue, OptionalDouble.of(share));
        }

        GpuMetrics metrics() {
            return new GpuMetrics(
                    GpuMetrics.SCHEMA,
                    "alpha",
                    Instant.ofEpochMilli(PoolRig.START),
                    Health.OK,
                    Optional.empty(),
                    utilisation,
                    used,
                    total,
                    heat,
                    OptionalInt.empty(),
                    queue,
                    cache);
        }
    }
}
