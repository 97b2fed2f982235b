package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics;

/**
 * What a GPU's sidecar said, and when its pool's owner came to know it.
 *
 * @param seenAt epoch milliseconds by the owner's clock, so that a scraper's wrong clock makes
 *     nothing fresh or stale
 */
public record SidecarReading(GpuMetrics metrics, long seenAt) {

    /** Whether this one was scraped after another. */
    boolean newerThan(SidecarReading other) {
        return metrics.time().isAfter(other.metrics.time());
    }
}
