package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.topic.Partitions;
import io.kagu.dispatcher.sharing.TaskWeights;

/**
 * A task weighs as much as the GPUs of its pools can work at a time: their slots. One without any
 * weighs about what a slot does, so that these are shared out evenly as well.
 */
public final class SlotWeights implements TaskWeights {

    private static final int TASK = 1;

    private final GpuTable gpus;
    private final int partitions;

    /**
     * @param partitions of all topics keyed by pool
     */
    public SlotWeights(GpuTable gpus, int partitions) {
        this.gpus = gpus;
        this.partitions = partitions;
    }

    @Override
    public int weightOf(int partition) {
        int slots =
                gpus.current().gpus().stream()
                        .filter(gpu -> Partitions.of(gpu.pool(), partitions) == partition)
                        .mapToInt(GpuSpec::slots)
                        .sum();
        return TASK + slots;
    }
}
