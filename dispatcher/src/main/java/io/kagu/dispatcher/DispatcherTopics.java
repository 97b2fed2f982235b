package io.kagu.dispatcher;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.TopicConfig;
import io.kagu.common.topic.TopicException;
import io.kagu.common.topic.TopicSpec;
import io.kagu.common.topic.TopicTable;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.pool.PoolTopology;
import io.kagu.dispatcher.pool.SourceTopics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The topics that a dispatcher depends on, its own changelog among them. */
final class DispatcherTopics implements SourceTopics, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final TopicConfig config;
    private final String group;
    private final String changelog;
    private final DispatcherStreams streams;
    private @Nullable Admin admin;

    /**
     * Connects when it is first asked.
     *
     * @param streams whose threads read the topics
     */
    DispatcherTopics(KafkaClients clients, TopicConfig config, DispatcherStreams streams) {
        this.streams = streams;
        this.clients = clients;
        this.config = config;
        this.group = DispatcherStreams.applicationId(config);
        this.changelog = changelogOf(config);
    }

    private static String changelogOf(TopicConfig config) {
        return PoolTopology.changelogOf(DispatcherStreams.applicationId(config));
    }

    /** All topics of the installation and the changelog, to be watched. */
    static List<TopicSpec> watched(TopicConfig config) {
        TopicSpec stores =
                new TopicSpec(
                        changelogOf(config),
                        config.partitions(),
                        config.replication(),
                        Map.of(),
                        "row",
                        "row",
                        "dispatcher",
                        "dispatcher");
        return Stream.concat(TopicTable.of(config).stream(), Stream.of(stores)).toList();
    }

    @Override
    public Map<String, Uuid> ids() {
        Set<String> names = PoolTopology.sourceTopics(new Topics(config.prefix()));
        return await(admin().describeTopics(names).allTopicNames()).values().stream()
                .collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
    }

    @Override
    public CompletableFuture<Void> rewind(TopicPartition partition) {
        return streams.rewind(partition);
    }

    /** Kept open: pools stand still while a takeover asks, so that it must not have to connect. */
    private synchronized Admin admin() {
        Admin open = admin == null ? clients.admin(group + "-topics") : admin;
        admin = open;
        return open;
    }

    /**
     * Refuses to go on without the changelog of a group that took jobs in: Kafka Streams would make
     * an empty one, and every job that has not ended would be lost without a word.
     *
     * @throws TopicException if it is gone
     */
    void requireChangelog() {
        if (!await(admin().listTopics().names()).contains(changelog) && tookJobs()) {
            throw new TopicException(
                    ("topic %s is gone, which holds the jobs that have not ended; group %s has read"
                         + " them from their topics. Restore the topic; or, to take in again what"
                         + " the job topics still hold, delete that group and the state folders of"
                         + " all dispatchers")
                            .formatted(changelog, group));
        }
    }

    private boolean tookJobs() {
        return await(admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .values()
                .stream()
                .anyMatch(committed -> committed != null && committed.offset() > 0);
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new TopicException("the brokers do not tell of the topics: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while asking for the topics", e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(CLOSE);
            admin = null;
        }
    }
}
