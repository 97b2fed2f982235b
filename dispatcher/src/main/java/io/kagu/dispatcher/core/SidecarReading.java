package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics;

import java.time.Duration;

/**
 * What a GPU's sidecar said, and when its pool's owner came to know it.
 *
 * @param seenAt epoch milliseconds by the owner's clock, so that a scraper's wrong clock makes
 *     nothing fresh or stale
 */
public record SidecarReading(GpuMetrics metrics, long seenAt) {

    /** Age up to which a reading is fresh, milliseconds: several scrapes may be missed. */
    static final long FRESH_FOR = 5_000;

    /** Age from which nothing is known any more, milliseconds. */
    static final long KNOWN_FOR = 15_000;

    /**
     * This one, or what was known before if that was scraped a little later. If it was scraped much
     * later, then by another scraper's clock, and the order of arrival counts.
     */
    public SidecarReading after(SidecarReading known) {
        long older = Duration.between(metrics.time(), known.metrics.time()).toMillis();
        return older > 0 && older <= KNOWN_FOR ? known : this;
    }
}
