package io.kagu.ingest.scrape;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.ingest.core.gpu.HealthWatch;
import io.kagu.ingest.core.gpu.Reading;
import io.kagu.ingest.core.gpu.ScrapeTarget;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Scrapes one GPU again and again on a thread of its own, so that it is never scraped twice at a
 * time and never waits for another.
 */
final class GpuScraper {

    private static final Logger LOG = LoggerFactory.getLogger(GpuScraper.class);

    private final GpuSpec gpu;
    private final ScrapePorts ports;
    private final Duration interval;
    private final HealthWatch watch;
    private final Thread thread;

    private Optional<Health> lastHealth = Optional.empty();
    private boolean stopping;
    private volatile boolean retiring;

    private GpuScraper(GpuSpec gpu, ScrapePorts ports, ScrapeConfig config) {
        this.gpu = gpu;
        this.ports = ports;
        this.interval = config.interval();
        this.watch = new HealthWatch(gpu.name(), config.down().with(gpu.downAt()), config.misses());
        this.thread = Thread.ofVirtual().name("scrape-" + gpu.name()).unstarted(this::run);
    }

    static GpuScraper start(GpuSpec gpu, ScrapePorts ports, ScrapeConfig config) {
        GpuScraper scraper = new GpuScraper(gpu, ports, config);
        scraper.thread.start();
        return scraper;
    }

    /** What it scrapes. */
    ScrapeTarget target() {
        return ScrapeTarget.of(gpu);
    }

    /** Whether its last scrape is through and its last row is written. */
    boolean ended() {
        return !thread.isAlive();
    }

    /** Asks it to end, without waiting; what is under way is broken off. */
    synchronized void stop() {
        if (!stopping) {
            stopping = true;
            thread.interrupt();
        }
    }

    /** Asks it to end and to say with its last row that the GPU has no metrics any more. */
    void retire() {
        retiring = true;
        stop();
    }

    /** Waits for its end; false if it did not come in time. */
    boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    private void run() {
        try {
            while (true) {
                long begin = System.nanoTime();
                scrapeOnce(begin);
                Thread.sleep(interval.minusNanos(System.nanoTime() - begin));
            }
        } catch (InterruptedException _) {
            end();
        }
    }

    private void scrapeOnce(long begin) throws InterruptedException {
        try {
            Reading reading = ports.sidecars().read(gpu.sidecar());
            Instant time = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
            Optional<GpuMetrics> said = watch.after(reading, time);
            ports.metrics().scraped(gpu.name(), said, Duration.ofNanos(System.nanoTime() - begin));
            if (said.isPresent()) {
                logChange(said.get());
                ports.publisher().publish(said.get());
            }
        } catch (RuntimeException e) {
            // A bug in one answer's reading must not end all scraping of the GPU.
            LOG.atError().addKeyValue("gpu", gpu.name()).setCause(e).log("scrape failed");
        }
    }

    private void logChange(GpuMetrics said) {
        Optional<Health> health = Optional.of(said.health());
        if (!health.equals(lastHealth)) {
            LOG.atInfo()
                    .addKeyValue("gpu", gpu.name())
                    .addKeyValue("health", said.health().word())
                    .addKeyValue("reason", said.reason().orElse(""))
                    .log("health of a GPU");
            lastHealth = health;
        }
    }

    /** By the thread that wrote the rows before, so that none of them comes after this one. */
    private void end() {
        if (!retiring) {
            return;
        }
        try {
            ports.publisher().retire(gpu.name());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
