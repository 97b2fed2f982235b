package io.kagu.statusapi.fold;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.ResultRow;
import io.kagu.statusapi.core.ViewRow;

import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** The running fold: its life, and reading of its stores. */
public final class FoldStreams implements ListedJobs, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FoldStreams.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final JobPartitions partitions;
    private final FoldProgress progress;
    private final Owners owners;
    private final OpenStores stores;
    private final FoldThreadDeaths deaths;

    private FoldStreams(
            KafkaStreams streams,
            FoldContext fold,
            ReplicaConfig replica,
            FoldThreadDeaths deaths) {
        this.deaths = deaths;
        this.streams = streams;
        this.partitions = new JobPartitions(fold.topics().partitions());
        this.progress = fold.progress();
        this.stores = fold.stores();
        this.owners = new Owners(streams, progress, fold.topics(), replica.address());
    }

    /**
     * Starts to fold; the stores can be read once {@link #running()}.
     *
     * @throws StateDirException if another process uses the state folder or it cannot be written
     */
    public static FoldStreams start(KafkaClients clients, FoldContext fold, ReplicaConfig replica) {
        KafkaStreams streams = make(clients, fold, replica);
        FoldThreadDeaths deaths = new FoldThreadDeaths(replica.stateDir(), FoldThreadDeaths.PAUSE);
        streams.setUncaughtExceptionHandler(deaths);
        streams.setStateListener((now, before) -> {
            LOG.atInfo().addKeyValue("state", now).log("fold changed state");
            deaths.entered(now);
            if (now == KafkaStreams.State.RUNNING) {
                fold.waiters().allChanged();
            }
        });
        streams.start();
        return new FoldStreams(streams, fold, replica, deaths);
    }

    private static KafkaStreams make(
            KafkaClients clients, FoldContext fold, ReplicaConfig replica) {
        try {
            return new KafkaStreams(
                    JobFoldTopology.build(fold), FoldSettings.of(clients, fold.topics(), replica));
        } catch (StreamsException e) {
            throw new StateDirException(
                    "the state folder %s cannot be used: another status-api works in it, or it cannot be written"
                            .formatted(replica.stateDir()),
                    e);
        }
    }

    /** The consumer group that folds; its committed offsets say what is in the changelogs. */
    public static String group(TopicConfig topics) {
        return FoldSettings.applicationId(topics);
    }

    /** Completes when the fold cannot go on here, with why and what to do. */
    public CompletableFuture<FoldFailedException> failure() {
        return deaths.fatal();
    }

    /** Whether the stores of this instance can be read. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public Optional<ViewRow> view(String jobId) {
        return stores.of(partitions.of(jobId)).views().find(jobId);
    }

    /**
     * The response of a job, where the fold has one.
     *
     * @throws InvalidStateStoreException while the job's partition cannot be read here
     */
    public Optional<ResultRow> result(String jobId) {
        return stores.of(partitions.of(jobId)).results().find(jobId);
    }

    /** The view of a job in a copy of its store, which may be behind or not complete yet. */
    public Optional<ViewRow> copiedView(String jobId) {
        return copied(JobViewStore.NAME, jobId).map(ViewRow::decode);
    }

    /** The response of a job in a copy of its store. */
    public Optional<ResultRow> copiedResult(String jobId) {
        return copied(JobResultStore.NAME, jobId).map(ResultRow::decode);
    }

    private Optional<byte[]> copied(String name, String jobId) {
        try {
            ReadOnlyKeyValueStore<String, byte[]> store =
                    streams.store(
                            FoldStreams.<String>query(name, partitions.of(jobId))
                                    .enableStaleStores());
            return Optional.ofNullable(store.get(jobId));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** Which replica has which partition. */
    public Owners owners() {
        return owners;
    }

    /** Of which time what is told of a job now is true. */
    public Freshness freshness(String jobId, Instant now) {
        return progress.freshness(partitions.of(jobId), now);
    }

    private <K> ReadOnlyKeyValueStore<K, byte[]> store(String name, int partition) {
        return streams.store(query(name, partition));
    }

    private static <K> StoreQueryParameters<ReadOnlyKeyValueStore<K, byte[]>> query(
            String name, int partition) {
        return StoreQueryParameters.fromNameAndType(
                        name, QueryableStoreTypes.<K, byte[]>keyValueStore())
                .withPartition(partition);
    }

    /**
     * The dead letters of the partition that a job belongs to.
     *
     * @throws InvalidStateStoreException while it cannot be read here
     */
    public DeadLetterRows lettersOf(String jobId) {
        return new DeadLetterRows(store(DeadLetterStore.NAME, partitions.of(jobId)));
    }

    /**
     * The dead letters of each partition that this instance owns.
     *
     * @throws InvalidStateStoreException while they cannot be read
     */
    public Map<Integer, DeadLetterRows> letters() {
        Map<Integer, DeadLetterRows> rows = new TreeMap<>();
        progress.partitions()
                .forEach(partition ->
                        rows.put(
                                partition,
                                new DeadLetterRows(store(DeadLetterStore.NAME, partition))));
        return rows;
    }

    @Override
    public Map<Integer, JobListRows> jobLists() {
        Map<Integer, JobListRows> rows = new TreeMap<>();
        stores.all().forEach((partition, open) -> rows.put(partition, open.lists()));
        return rows;
    }

    @Override
    public Freshness freshness(Set<Integer> told, Instant now) {
        return told.stream()
                .map(partition -> progress.freshness(partition, now))
                .filter(Freshness::stale)
                .min(Comparator.comparing(Freshness::asOf))
                .orElseGet(() -> Freshness.current(now));
    }

    /**
     * Records that stand in the topics and are not folded yet, of the partition furthest behind.
     */
    public double lag() {
        return streams.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("records-lag-max"))
                .map(entry -> (Metric) entry.getValue())
                .map(Metric::metricValue)
                .filter(Double.class::isInstance)
                .mapToDouble(value -> (Double) value)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** Leaves the group at once: a member that only vanishes holds its partitions for a minute. */
    @Override
    public void close() {
        boolean closed =
                streams.close(
                        CloseOptions.groupMembershipOperation(
                                        CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                                .withTimeout(CLOSE));
        if (!closed) {
            LOG.atWarn().addKeyValue("waited", CLOSE).log("fold did not close in time");
        }
    }
}
