package io.kagu.statusapi.core;

import io.kagu.common.job.Heartbeat;

import java.time.Instant;

/**
 * A heartbeat, and when it was heard.
 *
 * @param at by this machine's clock; of what stood in the topic at the start, when it was written
 */
public record HeardHeartbeat(Heartbeat heartbeat, Instant at) {}
