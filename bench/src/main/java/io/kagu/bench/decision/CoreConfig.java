package io.kagu.bench.decision;

import io.kagu.bench.decision.Backlog.Size;

import java.util.List;
import java.util.stream.Stream;

/**
 * How the core is measured.
 *
 * @param sizes each measured in JVMs of its own
 * @param forks JVMs for each size; 0 measures in this one
 * @param warmUps iterations before the measured ones
 * @param iterations measured in each fork
 * @param iterationMillis length of each
 */
public record CoreConfig(
        List<Size> sizes, int forks, int warmUps, int iterations, int iterationMillis) {

    public CoreConfig {
        sizes = List.copyOf(sizes);
    }

    /** What figures are published from; about ten minutes. */
    public static CoreConfig full() {
        return new CoreConfig(grid(), 2, 3, 5, 1_000);
    }

    /** A first impression; about two minutes. */
    public static CoreConfig quick() {
        return new CoreConfig(grid(), 1, 2, 3, 500);
    }

    private static List<Size> grid() {
        return Stream.of(3, 100, 5_000)
                .flatMap(gpus -> Stream.of(1, 1_000).flatMap(tenants -> backlogs(gpus, tenants)))
                .toList();
    }

    private static Stream<Size> backlogs(int gpus, int tenants) {
        return Stream.of(1_000, 100_000, 1_000_000)
                .map(waiting -> new Size(waiting, gpus, tenants));
    }
}
