package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.core.BreakerState.Phase;
import io.kagu.dispatcher.core.Pool;

/** A GPU's breaker went into another phase. */
record BreakerMove(Pool pool, String gpu, Phase to) {}
