package io.kagu.bench.decision;

import io.kagu.bench.decision.Backlog.Size;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the core is measured.
 *
 * @param decisions sizes with which decisions are measured, each in JVMs of its own
 * @param ranks sizes with which positions are asked for
 * @param forks JVMs for each size; 0 measures in this one
 * @param warmUps iterations before the measured ones
 * @param iterations measured in each fork
 * @param iterationMillis length of each
 */
public record CoreConfig(
        List<Size> decisions,
        List<Size> ranks,
        int forks,
        int warmUps,
        int iterations,
        int iterationMillis) {

    private static final int RANK_GPUS = 100;

    public CoreConfig {
        decisions = List.copyOf(decisions);
        ranks = List.copyOf(ranks);
    }

    /**
     * What figures are published from; twenty minutes. The compilers need five seconds; JVMs differ
     * more from each other than the iterations of one.
     */
    public static CoreConfig full() {
        return new CoreConfig(grid(3, RANK_GPUS, 5_000), grid(RANK_GPUS), 4, 6, 3, 1_000);
    }

    /** A first impression, of code that is not fully compiled yet; about two minutes. */
    public static CoreConfig quick() {
        return new CoreConfig(grid(3, RANK_GPUS, 5_000), grid(RANK_GPUS), 1, 2, 3, 500);
    }

    private static List<Size> grid(Integer... numbersOfGpus) {
        return Stream.of(numbersOfGpus)
                .flatMap(gpus -> Stream.of(1, 1_000).flatMap(tenants -> backlogs(gpus, tenants)))
                .toList();
    }

    private static Stream<Size> backlogs(int gpus, int tenants) {
        return Stream.of(1_000, 100_000, 1_000_000)
                .map(waiting -> new Size(waiting, gpus, tenants));
    }
}
