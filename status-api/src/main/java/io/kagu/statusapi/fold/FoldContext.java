package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;

import java.time.Duration;

/**
 * What the fold works with, beside its stores.
 *
 * @param retention how long an ended job is remembered
 * @param letterRetention how long a dead letter is kept for a requeue
 * @param progress in the events
 * @param letterProgress in the dead letters
 */
public record FoldContext(
        TopicConfig topics,
        Duration retention,
        Duration letterRetention,
        JobWaiters waiters,
        FoldProgress progress,
        FoldProgress letterProgress,
        OpenStores stores,
        FoldMetrics metrics) {}
