package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.BreakerState.Phase;

import java.util.Map;
import java.util.TreeMap;

/** The phases that the breakers of a task were last seen in; closed unless they were seen. */
final class BreakerPhases {

    private final Map<String, Map<String, Phase>> byPool = new TreeMap<>();

    /** Takes note of a breaker; whether its phase is another one now. */
    boolean moved(String pool, BreakerState breaker) {
        Map<String, Phase> phases = byPool.computeIfAbsent(pool, name -> new TreeMap<>());
        Phase before =
                breaker.phase() == Phase.CLOSED
                        ? phases.remove(breaker.gpu())
                        : phases.put(breaker.gpu(), breaker.phase());
        return breaker.phase() != (before == null ? Phase.CLOSED : before);
    }
}
