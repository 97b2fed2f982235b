package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;

import java.time.Duration;

/**
 * What the fold works with, beside its stores.
 *
 * @param retention how long an ended job is remembered
 * @param letterRetention how long a dead letter is kept for a requeue
 */
public record FoldContext(
        TopicConfig topics,
        Duration retention,
        Duration letterRetention,
        JobWaiters waiters,
        FoldProgress progress,
        LiveJobs live,
        FoldMetrics metrics) {}
