package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.job.QueueStatus.GpuStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolSidecarTest {

    private static final GpuSample ALPHA = GpuSample.named("alpha").watched();
    private static final GpuSample BETA = GpuSample.named("beta").watched();
    private static final MetricsSample ALPHAS = MetricsSample.of("alpha");
    private static final MetricsSample BETAS = MetricsSample.of("beta");

    private final PoolRig rig = new PoolRig();

    @Test
    void ofFreeGpusTheLessLoadedCardIsChosen() {
        rig.use(ALPHA, BETA);
        rig.read(ALPHAS.busy(80).metrics());
        rig.read(BETAS.busy(20).metrics());
        rig.submit("job");

        assertThat(rig.fillAll()).containsExactly("job@beta");
        assertThat(rig.choice("job").rule()).isEqualTo("lowest_load");
        assertThat(rig.choice("job").score()).isLessThan(score("job"));
    }

    private double score(String job) {
        return rig.choice(job).passedOver().getFirst().score().orElseThrow();
    }

    @Test
    void anEnginesOwnQueueIsLoad() {
        rig.use(ALPHA, BETA);
        rig.read(ALPHAS.waiting(1).metrics());
        rig.read(BETAS.busy(60).metrics());
        rig.submit("job");

        assertThat(rig.fillAll()).containsExactly("job@beta");
    }

    @Test
    void ownLeasesCountMoreThanWhatACardSays() {
        rig.use(ALPHA.slots(4), BETA.slots(4));
        rig.read(ALPHAS.metrics());
        rig.read(BETAS.busy(40).metrics());
        rig.submit("one", "two", "three", "four");

        assertThat(rig.fillAll())
                .containsExactly("one@alpha", "two@beta", "three@alpha", "four@beta");
    }

    @Test
    void aCardThatIsDownGetsNoCall() {
        rig.use(ALPHA, BETA);
        rig.read(ALPHAS.saying(Health.DOWN).metrics());
        rig.read(BETAS.metrics());
        rig.submit("one", "two");

        assertThat(rig.fillAll()).containsExactly("one@beta");
        assertThat(rig.choice("one").counts()).containsEntry("down", 1);
        assertThat(gpu("alpha").hindrance()).contains("down");
    }

    @Test
    void whatIsUnknownIsUsedAfterWhatIsKnown() {
        rig.use(ALPHA, BETA);
        rig.read(BETAS.busy(90).metrics());
        rig.submit("one", "two");

        assertThat(rig.fillAll()).containsExactly("one@beta", "two@alpha");
        assertThat(rig.choice("one").rule()).isEqualTo("metrics_known");
        assertThat(gpu("alpha").metrics()).contains("unknown");
        assertThat(rig.status().metricsBlind()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "UNREACHABLE"})
    void whatTellsNothingIsUnknown(Health health) {
        rig.use(ALPHA);
        rig.read(ALPHAS.saying(health).metrics());

        assertThat(gpu("alpha").metrics()).contains("unknown");
    }

    @Test
    void aReadingIsFreshThenStaleThenUnknown() {
        rig.use(ALPHA);
        rig.read(ALPHAS.metrics());

        assertThat(gpu("alpha").metrics()).contains("fresh");
        rig.advance(5_000);
        assertThat(gpu("alpha").metrics()).contains("fresh");
        rig.advance(1);
        assertThat(gpu("alpha").metrics()).contains("stale");
        rig.advance(9_999);
        assertThat(gpu("alpha").metrics()).contains("stale");
        rig.advance(1);
        assertThat(gpu("alpha").metrics()).contains("unknown");
    }

    @Test
    void aPoolWhoseSidecarsAreAllSilentGoesOnBlind() {
        rig.use(ALPHA, BETA);
        rig.submit("one", "two");

        assertThat(rig.status().metricsBlind()).isTrue();
        assertThat(rig.fillAll()).containsExactly("one@alpha", "two@beta");
    }

    @Test
    void whatWasDownIsUnknownOnceItsSidecarFallsSilent() {
        rig.use(ALPHA);
        rig.read(ALPHAS.saying(Health.DOWN).metrics());
        rig.submit("job");
        assertThat(rig.fillAll()).isEmpty();

        rig.advance(SidecarReading.KNOWN_FOR + 1);

        assertThat(rig.fillAll()).containsExactly("job@alpha");
    }

    @Test
    void aPoolWithoutSidecarsIsNotBlind() {
        rig.use(GpuSample.named("alpha"));

        assertThat(rig.status().metricsBlind()).isFalse();
        assertThat(gpu("alpha").metrics()).contains("no_sidecar");
    }

    @Test
    void anOlderScrapeThatComesLateChangesNothing() {
        rig.use(ALPHA);
        rig.read(ALPHAS.at(PoolRig.START + 10).metrics());
        rig.read(ALPHAS.at(PoolRig.START + 9).saying(Health.DOWN).metrics());

        assertThat(gpu("alpha").hindrance()).isEmpty();
    }

    @Test
    void ofScrapesOfTheSameTimeTheLastCounts() {
        rig.use(ALPHA);
        rig.read(ALPHAS.metrics());
        rig.read(ALPHAS.saying(Health.DOWN).metrics());

        assertThat(gpu("alpha").hindrance()).contains("down");
    }

    @Test
    void whatWasScrapedUpToTheTimeOfKnowledgeEarlierIsLate() {
        rig.use(ALPHA);
        rig.read(ALPHAS.metrics());
        long known = SidecarReading.KNOWN_FOR;
        rig.read(ALPHAS.at(PoolRig.START - known).saying(Health.DOWN).metrics());
        assertThat(gpu("alpha").hindrance()).isEmpty();

        rig.read(ALPHAS.at(PoolRig.START - known - 1).saying(Health.DOWN).metrics());
        assertThat(gpu("alpha").hindrance()).contains("down");
    }

    @Test
    void aScraperWhoseClockIsFarBehindIsBelieved() {
        rig.use(ALPHA);
        rig.read(ALPHAS.at(PoolRig.START).metrics());
        rig.read(ALPHAS.at(PoolRig.START - 3_600_000).saying(Health.DOWN).metrics());

        assertThat(gpu("alpha").hindrance()).contains("down");
    }

    @Test
    void aChangedRegistryEntryKeepsWhatIsKnown() {
        rig.use(ALPHA);
        rig.read(ALPHAS.saying(Health.DOWN).metrics());

        rig.use(ALPHA.slots(2));

        assertThat(gpu("alpha").hindrance()).contains("down");
    }

    @Test
    void sidecarsOfOtherPoolsChangeNothing() {
        rig.use(ALPHA);

        rig.read(MetricsSample.of("elsewhere").metrics());

        assertThat(rig.status().gpus()).hasSize(1);
    }

    private GpuStatus gpu(String name) {
        return rig.status().gpus().stream()
                .filter(gpu -> gpu.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
