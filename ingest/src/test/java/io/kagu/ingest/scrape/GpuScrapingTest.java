package io.kagu.ingest.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kagu.broker.junit.KafkaExtension;
import io.kagu.broker.junit.TestKafka;
import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Sidecar;
import io.kagu.common.gpu.Sidecar.Kind;
import io.kagu.ingest.scrape.ScrapeRig.Replica;
import io.kagu.ingest.scrape.SwitchableSidecar.Behaviour;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

@ExtendWith(KafkaExtension.class)
class GpuScrapingTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String GOOD =
            "{\"gpu_util_pct\": 45, \"vram_used_mb\": 8000, \"vram_total_mb\": 24576, \"temp_c\":"
                    + " 61}";
    private static final String FULL = "{\"vram_used_mb\": 24000, \"vram_total_mb\": 24576}";

    private final TestKafka kafka;

    GpuScrapingTest(TestKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void whatSidecarsSayStandsInTheTopic() throws Exception {
        try (SwitchableSidecar json = SwitchableSidecar.saying(GOOD);
                SwitchableSidecar vllm =
                        SwitchableSidecar.saying("vllm:num_requests_waiting{engine=\"0\"} 2.0\n");
                SwitchableSidecar full = SwitchableSidecar.saying(FULL);
                ScrapeRig rig = ScrapeRig.of(kafka, "says.")) {
            rig.register(
                    json.gpu("json", Kind.JSON),
                    vllm.gpu("vllm", Kind.VLLM),
                    full.gpu("full", Kind.JSON),
                    SwitchableSidecar.gpu("silent", Sidecar.NONE));
            Replica replica = rig.replica();

            GpuMetrics ofJson = rig.awaitHealth("json", Health.OK);
            assertThat(ofJson.gpuUtilPct()).hasValue(45);
            assertThat(ofJson.vramUsedMb()).hasValue(8000);
            assertThat(ofJson.requestsWaiting()).isEmpty();
            assertThat(rig.awaitHealth("vllm", Health.OK).requestsWaiting()).hasValue(2);
            assertThat(rig.awaitHealth("full", Health.DOWN).reason().orElseThrow())
                    .contains("97.7 %");
            rig.awaitMore(3, "json");
            assertThat(replica.scrapes("json", "ok")).isGreaterThanOrEqualTo(4);
            assertThat(replica.scrapes("full", "down")).isPositive();
            assertThat(replica.timed()).isGreaterThanOrEqualTo(4);
            assertThat(rig.said("silent")).isEmpty();
        }
    }

    @Test
    void aHangingSidecarIsUnreachableAfterSomeMissesAndHoldsNobodyUp() throws Exception {
        try (SwitchableSidecar hanging = SwitchableSidecar.behaving(new Behaviour.Hang());
                SwitchableSidecar good = SwitchableSidecar.saying(GOOD);
                ScrapeRig rig = ScrapeRig.of(kafka, "hangs.")) {
            rig.register(hanging.gpu("hanging", Kind.DCGM), good.gpu("good", Kind.JSON));
            Replica replica = rig.replica();

            rig.awaitMore(5, "good");
            GpuMetrics first = rig.awaitHealth("hanging", Health.UNREACHABLE);
            assertThat(first.reason()).contains("no whole answer within 1000 ms");
            assertThat(first.gpuUtilPct()).isEmpty();
            assertThat(replica.scrapes("hanging", "missed"))
                    .isGreaterThanOrEqualTo(rig.said("hanging").size() + ScrapeRig.MISSES - 1);
            rig.awaitMore(2, "hanging");
            assertThat(rig.said("good"))
                    .allSatisfy(
                            said -> assertThat(said.orElseThrow().health()).isEqualTo(Health.OK));

            hanging.behave(new Behaviour.Answer(200, "DCGM_FI_DEV_GPU_UTIL 7", 0));

            assertThat(rig.awaitHealth("hanging", Health.OK).gpuUtilPct()).hasValue(7);
        }
    }

    @Test
    void otherWaysNotToAnswerAreMissesAndOtherThingsToSayAreGarbage() throws Exception {
        String endless = " ".repeat(2 << 20) + GOOD;
        SwitchableSidecar closed = SwitchableSidecar.saying(GOOD);
        closed.close();
        try (SwitchableSidecar dripping = SwitchableSidecar.behaving(new Behaviour.Drip());
                SwitchableSidecar refusing =
                        SwitchableSidecar.behaving(new Behaviour.Answer(503, GOOD, 0));
                SwitchableSidecar lying = SwitchableSidecar.saying("{\"gpu_util_pct\": 140}");
                SwitchableSidecar tooLong = SwitchableSidecar.saying(endless);
                ScrapeRig rig = ScrapeRig.of(kafka, "odd.")) {
            Sidecar file = new Sidecar(Kind.JSON, Optional.of(URI.create("file:///dev/null")));
            rig.register(
                    dripping.gpu("dripping", Kind.JSON),
                    refusing.gpu("refusing", Kind.JSON),
                    closed.gpu("closed", Kind.JSON),
                    SwitchableSidecar.gpu("no-http", file),
                    lying.gpu("lying", Kind.JSON),
                    tooLong.gpu("too-long", Kind.JSON));
            rig.replica();

            assertThat(rig.awaitHealth("dripping", Health.UNREACHABLE).reason())
                    .contains("no whole answer within 1000 ms");
            assertThat(rig.awaitHealth("refusing", Health.UNREACHABLE).reason())
                    .contains("it answered 503");
            assertThat(rig.awaitHealth("closed", Health.UNREACHABLE).reason())
                    .contains("no connection");
            assertThat(rig.awaitHealth("no-http", Health.UNREACHABLE).reason())
                    .contains("its sidecar has no http URL");
            assertThat(rig.awaitHealth("lying", Health.GARBAGE).reason())
                    .contains("gpu_util_pct is 140.0, not in 0..100");
            assertThat(rig.awaitHealth("too-long", Health.GARBAGE).reason())
                    .contains("longer than 1048576 bytes");
        }
    }

    @Test
    void aGpuThatIsRemovedOrLosesItsSidecarHasNoMetricsAnyMore() throws Exception {
        try (SwitchableSidecar good = SwitchableSidecar.saying(GOOD);
                ScrapeRig rig = ScrapeRig.of(kafka, "gone.")) {
            GpuSpec stays = good.gpu("stays", Kind.JSON);
            rig.register(stays, good.gpu("removed", Kind.JSON), good.gpu("goes-silent", Kind.JSON));
            Replica replica = rig.replica();
            rig.awaitHealth("removed", Health.OK);
            rig.awaitHealth("goes-silent", Health.OK);

            rig.register(stays, SwitchableSidecar.gpu("goes-silent", Sidecar.NONE));

            rig.awaitRetired("removed");
            rig.awaitRetired("goes-silent");
            await().atMost(SOON).until(() -> replica.gpus().equals(List.of("stays")));
            rig.awaitMore(3, "stays");
            assertThat(rig.said("removed").getLast()).isEmpty();
            assertThat(rig.said("goes-silent").getLast()).isEmpty();
        }
    }

    @Test
    void aGpuThatWasRemovedWhileNobodyScrapedHasNoMetricsAfterTheNextStart() throws Exception {
        try (SwitchableSidecar good = SwitchableSidecar.saying(GOOD);
                ScrapeRig rig = ScrapeRig.of(kafka, "orphan.")) {
            rig.register(good.gpu("orphan", Kind.JSON));
            Replica first = rig.replica();
            rig.awaitHealth("orphan", Health.OK);
            first.close();
            assertThat(first.gpus()).isEmpty();
            rig.register();

            rig.replica();

            rig.awaitRetired("orphan");
        }
    }

    @Test
    void aSidecarThatMovesIsFollowed() throws Exception {
        try (SwitchableSidecar before = SwitchableSidecar.saying(GOOD);
                SwitchableSidecar after = SwitchableSidecar.saying("{\"temp_c\": 33}");
                ScrapeRig rig = ScrapeRig.of(kafka, "moves.")) {
            rig.register(before.gpu("gpu", Kind.JSON));
            rig.replica();
            rig.awaitHealth("gpu", Health.OK);

            rig.register(after.gpu("gpu", Kind.JSON));

            await().atMost(SOON)
                    .until(() ->
                            rig.said("gpu")
                                    .getLast()
                                    .orElseThrow()
                                    .tempC()
                                    .equals(OptionalDouble.of(33)));
            assertThat(rig.said("gpu")).allSatisfy(said -> assertThat(said).isPresent());
        }
    }

    @Test
    void otherBoundsOfAGpuAreJudgedByAtOnce() throws Exception {
        try (SwitchableSidecar full = SwitchableSidecar.saying(FULL);
                ScrapeRig rig = ScrapeRig.of(kafka, "bounds.")) {
            GpuSpec gpu = full.gpu("gpu", Kind.JSON);
            rig.register(gpu);
            rig.replica();
            rig.awaitHealth("gpu", Health.DOWN);

            rig.register(ScrapeRig.downAtVram(gpu, 99));

            rig.awaitHealth("gpu", Health.OK);
        }
    }

    @Test
    void replicasShareTheGpusAndTakeOverFromEachOther() throws Exception {
        List<SwitchableSidecar> sidecars = new ArrayList<>();
        try (ScrapeRig rig = ScrapeRig.withPartitions(kafka, "share.", 4)) {
            for (int i = 0; i < 12; i++) {
                sidecars.add(SwitchableSidecar.behaving(new Behaviour.Answer(200, GOOD, 50)));
            }
            List<String> names = IntStream.range(10, 22).mapToObj(i -> "gpu-" + i).toList();
            rig.register(
                    IntStream.range(0, 12)
                            .mapToObj(i -> sidecars.get(i).gpu(names.get(i), Kind.JSON))
                            .toArray(GpuSpec[]::new));
            Replica one = rig.replica();
            await().atMost(SOON).until(() -> one.gpus().equals(names));

            Replica other = rig.replica();
            await().atMost(SOON).until(() -> shared(one, other, names));
            // What the former owner broke off is still being answered.
            rig.awaitMore(1, names.toArray(new String[0]));
            sidecars.forEach(SwitchableSidecar::countAnew);
            rig.awaitMore(3, names.toArray(new String[0]));
            assertThat(shared(one, other, names)).isTrue();
            assertThat(sidecars)
                    .allSatisfy(sidecar -> assertThat(sidecar.mostAtATime()).isEqualTo(1));

            one.close();

            assertThat(one.gpus()).isEmpty();
            await().atMost(SOON).until(() -> other.gpus().equals(names));
            rig.awaitMore(2, names.toArray(new String[0]));
            names.forEach(gpu ->
                    assertThat(rig.said(gpu))
                            .allSatisfy(said ->
                                    assertThat(said.orElseThrow().health()).isEqualTo(Health.OK)));
        } finally {
            sidecars.forEach(SwitchableSidecar::close);
        }
    }

    @Test
    void theShareOfADeadReplicaIsTakenOver() throws Exception {
        try (SwitchableSidecar good = SwitchableSidecar.saying(GOOD);
                ScrapeRig rig = ScrapeRig.of(kafka, "dead.")) {
            rig.register(good.gpu("gpu", Kind.JSON));
            rig.leaveAShareToADeadReplica();

            rig.replica();

            rig.awaitHealth("gpu", Health.OK);
        }
    }

    /** Whether both have some, and together each exactly once. */
    private static boolean shared(Replica one, Replica other, List<String> names) {
        List<String> both = new ArrayList<>(one.gpus());
        both.addAll(other.gpus());
        return !one.gpus().isEmpty()
                && !other.gpus().isEmpty()
                && both.stream().sorted().toList().equals(names);
    }
}
