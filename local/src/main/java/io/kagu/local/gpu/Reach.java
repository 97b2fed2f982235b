package io.kagu.local.gpu;

/** Which of the calls (or sidecar readings) a fault hits. */
public sealed interface Reach {

    Reach EVERY = new Every();

    /** All of them, until the fault is cleared. */
    record Every() implements Reach {}

    /** The next ones; then the fault switches itself off. */
    record Next(int calls) implements Reach {
        public Next {
            if (calls < 1) {
                throw new IllegalArgumentException("next must be at least 1, not " + calls);
            }
        }
    }

    /** Each one with this probability, drawn from the GPU's seed. */
    record Sometimes(double probability) implements Reach {
        public Sometimes {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "probability must be above 0 and at most 1, not " + probability);
            }
        }
    }
}
