package io.kagu.dispatcher.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.codec.Json;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.RegistryFold;
import io.kagu.common.topic.Partitions;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

final class SlotWeightsTest {

    private static final int PARTITIONS = 5;

    private final RegistryFold registry = new RegistryFold();
    private final SlotWeights weights = new SlotWeights(new GpuTable(registry), PARTITIONS);

    @Test
    void aTaskWeighsTheSlotsOfItsPools() {
        assertThat(all()).containsOnly(1);

        register(PoolGpu.ofTiny("p1"));
        register(PoolGpu.in("p1"));

        int busy = Partitions.of("p1", PARTITIONS);
        assertThat(weights.weightOf(busy)).isEqualTo(3);
        assertThat(all().filter(weight -> weight == 1)).hasSize(PARTITIONS - 1);
    }

    private void register(GpuSpec gpu) {
        registry.apply(gpu.name(), Json.write(gpu));
    }

    private IntStream all() {
        return IntStream.range(0, PARTITIONS).map(weights::weightOf);
    }
}
