package io.kagu.bench.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Draws mixed fleets: speeds 1, 2 and 4, one to four slots, one to three of five models each. */
final class FleetDraw {

    /** The models; a larger number makes longer calls. */
    static final List<String> MODELS = List.of("m0", "m1", "m2", "m3", "m4");

    private static final int[] SPEEDS = {1, 2, 4};
    private static final int MOST_SLOTS = 4;
    private static final int MOST_MODELS = 3;
    private static final int LEAST_MODEL_VRAM = 30;
    private static final int MOST_MODEL_VRAM = 70;

    private FleetDraw() {}

    /** So many GPUs; each model is served by two at least where there are ten. */
    static List<FleetGpu> gpus(int count, SplittableRandom random) {
        List<FleetGpu> gpus = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            gpus.add(
                    new FleetGpu(
                            index,
                            SPEEDS[random.nextInt(SPEEDS.length)],
                            1 + random.nextInt(MOST_SLOTS),
                            models(index, random),
                            random.nextInt(LEAST_MODEL_VRAM, MOST_MODEL_VRAM)));
        }
        return gpus;
    }

    private static List<String> models(int index, SplittableRandom random) {
        Set<String> models = new TreeSet<>();
        models.add(MODELS.get(index % MODELS.size()));
        int others = random.nextInt(MOST_MODELS);
        for (int other = 0; other < others; other++) {
            models.add(MODELS.get(random.nextInt(MODELS.size())));
        }
        return List.copyOf(models);
    }
}
