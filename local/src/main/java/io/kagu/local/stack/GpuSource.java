package io.kagu.local.stack;

import java.nio.file.Path;
import java.util.List;

/** Where a stack's GPUs come from. */
public sealed interface GpuSource {

    /** Simulated ones, started and ended with the stack. */
    record Simulated(List<SimulatedCard> cards) implements GpuSource {
        public Simulated {
            cards = List.copyOf(cards);
        }
    }

    /** Servers that run elsewhere, as a registry file lists them. */
    record Listed(Path file) implements GpuSource {}
}
