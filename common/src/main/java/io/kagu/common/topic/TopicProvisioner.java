package io.kagu.common.topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Brings the cluster's topics in line with the table at start: creates what is absent, and refuses
 * to go on with what is there but wrong. Changes nothing that exists.
 */
public final class TopicProvisioner {

    private static final Logger LOG = LoggerFactory.getLogger(TopicProvisioner.class);
    private static final long TIMEOUT_SECONDS = 30;
    private static final int UNKNOWN_TRIES = 50;
    private static final Duration UNKNOWN_PAUSE = Duration.ofMillis(100);

    private final Admin admin;

    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates and verifies all topics of the table.
     *
     * @throws TopicException if the cluster cannot be asked, or a topic differs from the table
     */
    public void ensure(List<TopicSpec> table) {
        Set<String> existing = await(admin.listTopics().names(), "list the topics");
        List<TopicSpec> missing =
                table.stream().filter(spec -> !existing.contains(spec.name())).toList();
        create(missing);
        verifyOnceKnown(table);
    }

    /** In a cluster, a broker may be asked that has not heard of the new topics yet. */
    private void verifyOnceKnown(List<TopicSpec> table) {
        for (int tries = 1; ; tries++) {
            try {
                verify(table);
                return;
            } catch (TopicException e) {
                if (tries == UNKNOWN_TRIES
                        || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                LockSupport.parkNanos(UNKNOWN_PAUSE.toNanos());
            }
        }
    }

    private void create(List<TopicSpec> missing) {
        if (missing.isEmpty()) {
            return;
        }
        List<NewTopic> topics = missing.stream().map(TopicProvisioner::newTopic).toList();
        admin.createTopics(topics).values().forEach((name, future) -> awaitCreation(name, future));
        LOG.atInfo().addKeyValue("topics", missing.size()).log("topics created");
    }

    private static NewTopic newTopic(TopicSpec spec) {
        return new NewTopic(spec.name(), spec.partitions(), spec.replication())
                .configs(spec.settings());
    }

    /** Another service that starts at the same time may have been first. */
    private static void awaitCreation(String name, KafkaFuture<Void> future) {
        try {
            await(future, "create topic " + name);
        } catch (TopicException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void verify(List<TopicSpec> table) {
        List<String> names = table.stream().map(TopicSpec::name).toList();
        Map<String, TopicDescription> descriptions =
                await(admin.describeTopics(names).allTopicNames(), "describe the topics");
        Map<String, Config> settings = settingsOf(names);
        List<String> faults = new ArrayList<>();
        for (TopicSpec spec : table) {
            faults.addAll(
                    differences(
                            spec,
                            Objects.requireNonNull(descriptions.get(spec.name())),
                            Objects.requireNonNull(settings.get(spec.name()))));
        }
        if (!faults.isEmpty()) {
            throw new TopicException(
                    "topics differ from what Kagu needs:\n  "
                            + String.join("\n  ", faults)
                            + "\nAlter or delete them, or set another KAGU_TOPIC_PREFIX.");
        }
    }

    private Map<String, Config> settingsOf(Collection<String> names) {
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        return await(admin.describeConfigs(resources).all(), "read the topics' settings")
                .entrySet()
                .stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private static List<String> differences(
            TopicSpec spec, TopicDescription found, Config settings) {
        List<String> faults = new ArrayList<>();
        if (spec.partitionsFixed() && found.partitions().size() != spec.partitions()) {
            faults.add(
                    "%s has %d partitions, must have %d"
                            .formatted(spec.name(), found.partitions().size(), spec.partitions()));
        }
        spec.settings()
                .forEach((key, wanted) -> {
                    String actual = settings.get(key).value();
                    if (!fits(key, actual, wanted)) {
                        faults.add(
                                "%s has %s=%s, must be %s"
                                        .formatted(spec.name(), key, actual, wanted));
                    }
                });
        return faults;
    }

    /** An operator may keep records longer or allow larger ones; the rest must be as it is here. */
    private static boolean fits(String key, String actual, String wanted) {
        return switch (key) {
            case "max.message.bytes", "min.insync.replicas" ->
                    Long.parseLong(actual) >= Long.parseLong(wanted);
            case "cleanup.policy", "message.timestamp.type" -> actual.equals(wanted);
            default -> true;
        };
    }

    private static <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new TopicException("could not " + what + ": " + e.getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new TopicException(
                    "could not " + what + ": no answer in " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while trying to " + what, e);
        }
    }
}
