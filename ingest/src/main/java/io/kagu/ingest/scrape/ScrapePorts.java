package io.kagu.ingest.scrape;

import java.time.InstantSource;

/** What a scraper needs of the world. */
record ScrapePorts(
        SidecarClient sidecars,
        MetricsPublisher publisher,
        ScrapeMetrics metrics,
        InstantSource clock) {}
