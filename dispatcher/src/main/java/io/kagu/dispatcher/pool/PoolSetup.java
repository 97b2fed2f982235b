package io.kagu.dispatcher.pool;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.topic.TopicConfig;
import io.kagu.dispatcher.core.PoolRules;

import java.time.Duration;

/**
 * What the topology is built from.
 *
 * @param topics names and sizes of the topics
 * @param rules the bounds of every pool
 * @param retention how long a job that ended is known, and its id not taken again
 * @param address where this replica tells where jobs stand
 */
public record PoolSetup(
        TopicConfig topics, PoolRules rules, Duration retention, ReplicaAddress address) {}
