package io.kagu.common.gpu;

import java.util.OptionalInt;

/**
 * When a card counts as down though its sidecar answers. What is left out is the installation's
 * rule. Engines that take nearly all memory at their start need a higher bound for it.
 *
 * @param vramPct above this share of its memory, percent; 100 is never reached
 * @param utilPct above this utilisation, percent, and
 * @param tempC above this temperature, degrees Celsius
 */
public record DownAt(OptionalInt vramPct, OptionalInt utilPct, OptionalInt tempC) {

    /** As the installation has it. */
    public static final DownAt INSTALLATION =
            new DownAt(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
