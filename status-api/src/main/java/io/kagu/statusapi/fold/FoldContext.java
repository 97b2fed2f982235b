package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;

import java.time.Duration;

/**
 * What the fold works with, beside its stores.
 *
 * @param retention how long an ended job is remembered
 */
public record FoldContext(
        TopicConfig topics,
        Duration retention,
        JobWaiters waiters,
        FoldProgress progress,
        FoldMetrics metrics) {}
