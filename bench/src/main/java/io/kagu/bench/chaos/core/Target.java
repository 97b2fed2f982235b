package io.kagu.bench.chaos.core;

import java.util.List;

/**
 * Whom a fault hit.
 *
 * @param pools those that a dispatcher owned
 * @param executor a dispatcher's incarnation
 */
public record Target(String name, List<String> pools, String executor) {

    public Target {
        pools = List.copyOf(pools);
    }

    /** Anything but a dispatcher. */
    public static Target named(String name) {
        return new Target(name, List.of(), "");
    }
}
