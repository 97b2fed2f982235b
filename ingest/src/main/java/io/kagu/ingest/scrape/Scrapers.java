package io.kagu.ingest.scrape;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.ingest.core.gpu.ScrapePlan;
import io.kagu.ingest.core.gpu.ScrapeTarget;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The scrapers of this replica. One thread changes the set, any may ask. */
final class Scrapers {

    private static final Logger LOG = LoggerFactory.getLogger(Scrapers.class);
    private static final Duration END = Duration.ofSeconds(1);

    private final ScrapePorts ports;
    private final ScrapeConfig config;
    private final Map<String, GpuScraper> scrapers = new ConcurrentSkipListMap<>();

    Scrapers(ScrapePorts ports, ScrapeConfig config) {
        this.ports = ports;
        this.config = config;
    }

    /** Names of the GPUs that are scraped here now. */
    Set<String> gpus() {
        return new TreeSet<>(scrapers.keySet());
    }

    /** Brings the set closer to these GPUs; a GPU whose scraper still ends is started later. */
    void follow(List<GpuSpec> gpus, Predicate<String> ours) {
        scrapers.values().removeIf(GpuScraper::ended);
        ScrapePlan plan = ScrapePlan.decide(targets(), gpus, ours);
        plan.stop().forEach(gpu -> on(gpu, GpuScraper::stop));
        plan.retire().forEach(gpu -> on(gpu, GpuScraper::retire));
        for (GpuSpec gpu : plan.start()) {
            LOG.atDebug().addKeyValue("gpu", gpu.name()).log("scraped from now on");
            scrapers.put(gpu.name(), GpuScraper.start(gpu, ports, config));
        }
    }

    private void on(String gpu, Consumer<GpuScraper> act) {
        GpuScraper scraper = scrapers.get(gpu);
        if (scraper != null) {
            act.accept(scraper);
        }
    }

    private Map<String, ScrapeTarget> targets() {
        Map<String, ScrapeTarget> targets = new TreeMap<>();
        scrapers.forEach((gpu, scraper) -> targets.put(gpu, scraper.target()));
        return targets;
    }

    /** Ends all; returns when they have ended, or after a second. */
    void stop() throws InterruptedException {
        scrapers.values().forEach(GpuScraper::stop);
        long end = System.nanoTime() + END.toNanos();
        for (GpuScraper scraper : scrapers.values()) {
            scraper.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        scrapers.values().removeIf(GpuScraper::ended);
    }
}
