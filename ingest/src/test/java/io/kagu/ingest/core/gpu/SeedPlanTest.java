package io.kagu.ingest.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;
import io.kagu.ingest.core.gpu.SeedPlan.Applied;
import io.kagu.ingest.core.gpu.SeedPlan.Stored;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SeedPlanTest {

    private static final GpuSpec ENTRY = gpu(1);
    private static final GpuSpec EDITED = gpu(2);
    private static final GpuSpec BY_HTTP = gpu(3);

    private static GpuSpec gpu(int slots) {
        return new GpuSpec(
                "a",
                URI.create("http://h"),
                Sidecar.NONE,
                "default",
                "gpu",
                List.of(ServedModel.of("m")),
                slots,
                0,
                0,
                300,
                GpuLimits.NONE,
                Optional.empty());
    }

    private static Map<String, Stored> stored(GpuSpec inForce, GpuSpec fileEntry) {
        return Map.of("a", new Stored(Optional.of(inForce), Optional.of(fileEntry)));
    }

    private static List<Applied> put(Map<String, Stored> stored, GpuSpec entry) {
        return SeedPlan.decide(List.of(entry), stored).put();
    }

    @Test
    void anEntryIsAppliedOnce() {
        assertThat(put(Map.of(), ENTRY)).containsExactly(new Applied(ENTRY, ENTRY));
        assertThat(put(stored(ENTRY, ENTRY), ENTRY)).isEmpty();
    }

    @Test
    void whatWasChangedOverHttpStaysUntilTheEntryChanges() {
        assertThat(put(stored(BY_HTTP, ENTRY), ENTRY)).isEmpty();
        assertThat(put(stored(BY_HTTP, ENTRY), EDITED))
                .containsExactly(new Applied(EDITED, EDITED));
    }

    @Test
    void aDrainOverHttpOutlivesAChangedEntryAndOneOfTheFileEndsWithIt() {
        assertThat(put(stored(ENTRY.draining(true), ENTRY), EDITED))
                .containsExactly(new Applied(EDITED.draining(true), EDITED));
        assertThat(put(stored(ENTRY.draining(true), ENTRY.draining(true)), ENTRY))
                .containsExactly(new Applied(ENTRY, ENTRY));
    }

    @Test
    void aGpuThatLeftTheFileGoesAndOneThatNeverWasInItStays() {
        Map<String, Stored> gpus =
                Map.of(
                        "a", new Stored(Optional.of(ENTRY), Optional.of(ENTRY)),
                        "b", new Stored(Optional.of(ENTRY), Optional.empty()));

        SeedPlan plan = SeedPlan.decide(List.of(), gpus);

        assertThat(plan).isEqualTo(new SeedPlan(List.of(), List.of("a")));
        assertThat(plan.after(gpus)).hasSize(1);
    }

    @Test
    void aRowThatIsLeftOutIsWrittenAnew() {
        Map<String, Stored> damaged = Map.of("a", new Stored(Optional.empty(), Optional.of(ENTRY)));

        assertThat(put(damaged, ENTRY)).containsExactly(new Applied(ENTRY, ENTRY));
        assertThat(SeedPlan.decide(List.of(ENTRY), damaged).after(damaged)).containsExactly(ENTRY);
    }

    @Test
    void aGpuThatWasRegisteredWithoutTheFileBecomesTheFiles() {
        Map<String, Stored> byHttp =
                Map.of("a", new Stored(Optional.of(BY_HTTP), Optional.empty()));

        assertThat(put(byHttp, ENTRY)).containsExactly(new Applied(ENTRY, ENTRY));
    }
}
