package io.kagu.ingest.scrape;

import io.kagu.common.gpu.RegistryTopic;
import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Scrapes this replica's share of the registered GPUs. The replicas share the partitions of the
 * metrics out as one consumer group: each GPU has exactly one that scrapes it, and another takes
 * over when that one leaves or dies. The group reads nothing: specs come from the registry as a
 * whole, which every replica follows.
 */
public final class GpuScraping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GpuScraping.class);
    private static final String GROUP = "ingest-scrape";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final KafkaClients clients;
    private final Topics topics;
    private final RegistryTopic registry;
    private final ScrapePorts ports;
    private final Scrapers scrapers;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final Thread thread;

    private final Set<String> retired = new TreeSet<>();
    private ScrapeShare share = ScrapeShare.NONE;

    private GpuScraping(
            KafkaClients clients, Topics topics, RegistryTopic registry, Scraping scraping) {
        this.clients = clients;
        this.topics = topics;
        this.registry = registry;
        this.ports =
                new ScrapePorts(
                        new SidecarClient(scraping.config().timeout()),
                        MetricsPublisher.start(clients, topics.metrics()),
                        new ScrapeMetrics(scraping.meters()),
                        InstantSource.system());
        this.scrapers = new Scrapers(ports, scraping.config());
        this.thread = Thread.ofPlatform().daemon().name("kagu-scrape").unstarted(this::run);
    }

    /** How to scrape, and where to count it. */
    public record Scraping(ScrapeConfig config, MeterRegistry meters) {}

    /** Starts on topics that exist; takes its share once the registry was read. */
    public static GpuScraping start(
            KafkaClients clients, Topics topics, RegistryTopic registry, Scraping how) {
        GpuScraping scraping = new GpuScraping(clients, topics, registry, how);
        scraping.thread.start();
        return scraping;
    }

    /** Names of the GPUs that this replica scrapes now. */
    public Set<String> gpus() {
        return scrapers.gpus();
    }

    private void run() {
        try {
            CompletableFuture.anyOf(registry.caughtUp(), closing).join();
            while (!closing.isDone()) {
                takePart();
            }
        } catch (CompletionException e) {
            LOG.atError().setCause(e).log("no GPU is scraped here: the registry is not read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One membership of the group: until this is closed, or the consumer fails. */
    private void takePart() throws InterruptedException {
        Consumer<String, byte[]> consumer =
                clients.member("kagu-ingest-scrape", topics.prefix() + GROUP);
        try {
            consumer.subscribe(List.of(topics.metrics()), new Rebalance(consumer));
            while (!closing.isDone()) {
                consumer.poll(POLL);
                followRegistry();
                retireOrphans();
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("this replica's share of GPUs is lost; tried again soon");
        } finally {
            leave(consumer);
        }
        pause();
    }

    /** The next owner begins when this one has ended: scrapers first, then the group. */
    private void leave(Consumer<String, byte[]> consumer) throws InterruptedException {
        share = ScrapeShare.NONE;
        try {
            scrapers.stop();
        } finally {
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    private void pause() throws InterruptedException {
        try {
            closing.get(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.atDebug().log("joins the group again");
        } catch (ExecutionException e) {
            throw new IllegalStateException("closing does not fail", e);
        }
    }

    private void followRegistry() {
        scrapers.follow(registry.current().gpus(), share::has);
    }

    /**
     * A GPU that was removed while nobody scraped it leaves metrics behind: whoever has its
     * partition takes them away.
     */
    private void retireOrphans() {
        Set<String> orphans = registry.gone();
        orphans.removeIf(gpu -> !share.has(gpu));
        retired.retainAll(orphans);
        orphans.removeAll(retired);
        orphans.removeAll(scrapers.gpus());
        orphans.forEach(this::retire);
        retired.addAll(orphans);
    }

    private void retire(String gpu) {
        try {
            ports.publisher().retire(gpu);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps the share; called by the consumer's thread while it polls. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;
        private final Set<Integer> owned = new TreeSet<>();

        Rebalance(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            added.forEach(partition -> owned.add(partition.partition()));
            consumer.pause(added);
            int all = consumer.partitionsFor(topics.metrics(), RETRY).size();
            share = new ScrapeShare(all, owned);
            LOG.atInfo()
                    .addKeyValue("partitions", owned)
                    .addKeyValue("of", all)
                    .log("share of GPUs to scrape");
        }

        /** Without waiting for the scrapers' end, which would hold the whole group up. */
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> removed) {
            removed.forEach(partition -> owned.remove(partition.partition()));
            share = new ScrapeShare(share.partitions(), owned);
            followRegistry();
        }
    }

    /** Ends all scraping and leaves the group, so that another replica takes over at once. */
    @Override
    public void close() {
        closing.complete(null);
        try {
            if (!thread.join(CLOSE)) {
                LOG.atWarn().log("scraping did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ports.sidecars().close();
        ports.publisher().close();
    }
}
