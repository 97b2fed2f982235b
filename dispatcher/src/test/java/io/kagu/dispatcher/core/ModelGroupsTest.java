package io.kagu.dispatcher.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ModelGroupsTest {

    private final ModelGroups groups = new ModelGroups();

    @Test
    void modelsOfOneGpuCompete() {
        use(GpuSample.named("alpha").serving("a", "b"), GpuSample.named("beta").serving("c"));

        assertThat(groups.of("a")).containsExactly("a", "b");
        assertThat(groups.of("b")).containsExactly("a", "b");
        assertThat(groups.of("c")).containsExactly("c");
        assertThat(groups.of("unheard-of")).containsExactly("unheard-of");
    }

    @Test
    void whoCompetesWithARivalCompetesToo() {
        use(
                GpuSample.named("alpha").serving("a", "b"),
                GpuSample.named("beta").serving("c", "d"),
                GpuSample.named("gamma").serving("b", "c"));

        for (String model : groups.of("a")) {
            assertThat(groups.of(model)).containsExactly("a", "b", "c", "d");
        }
        assertThat(groups.of("d")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aModelCompetesWithItsFallbacks() {
        use(
                GpuSample.named("alpha").serving("big").fallingBackTo("small"),
                GpuSample.named("beta").serving("small"));

        assertThat(groups.of("small")).containsExactly("big", "small");
    }

    @Test
    void theyPartWhenTheirGpuLeaves() {
        use(GpuSample.named("alpha").serving("a", "b"));
        use(GpuSample.named("beta").serving("a"), GpuSample.named("gamma").serving("b"));

        assertThat(groups.of("a")).containsExactly("a");
        assertThat(groups.of("b")).containsExactly("b");
    }

    private void use(GpuSample... gpus) {
        groups.use(Arrays.stream(gpus).map(GpuSample::spec).toList());
    }
}
