package io.kagu.bench.chaos.core;

import java.util.List;

/** A promise that a whole run is judged by. */
@FunctionalInterface
public interface Guarantee {

    /** All that topics and GPUs can tell. */
    List<Guarantee> ALL =
            List.of(
                    new NothingLost(),
                    new EveryJobEnded(),
                    new OneResult(),
                    new SlotsHeld(),
                    new CalledOnce(),
                    new LanesInOrder());

    /** Looks for what broke it. */
    Finding judge(Evidence evidence);
}
