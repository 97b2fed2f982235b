package io.kagu.common.topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Watches that the topics stay what they were at the start. One that is deleted, made anew or given
 * other partitions under a running service cannot be lived with: the records it held are gone, and
 * what clients and stores know of it is wrong. Such trouble is told once and does not pass; brokers
 * that do not answer are no trouble.
 */
public final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** A broker that has just started may not know of a topic yet. */
    private static final int LOOKS_BEFORE_MISSING = 3;

    /** So long a service says that it is not ready before it ends. */
    private static final int LOOKS_OF_NOTICE = 3;

    private static final String REMEDY =
            "Records that it held are gone. Start the services again: they make what is missing"
                    + " and refuse what differs, which is to be deleted first.";

    private final Admin admin;
    private final Duration interval;
    private final Map<String, TopicSpec> table;
    private final Map<String, Uuid> ids = new TreeMap<>();
    private final Map<String, Integer> missing = new TreeMap<>();
    private final CompletableFuture<TopicException> trouble = new CompletableFuture<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("topic-watch").factory());

    private volatile boolean intact = true;

    private TopicWatch(Admin admin, List<TopicSpec> table, Duration interval) {
        this.admin = admin;
        this.interval = interval;
        this.table = table.stream().collect(Collectors.toMap(TopicSpec::name, Function.identity()));
    }

    /**
     * Starts to watch topics; those that do not exist yet, from when they do.
     *
     * @param admin belongs to the watch from now on
     */
    public static TopicWatch start(Admin admin, List<TopicSpec> table) {
        return start(admin, table, INTERVAL);
    }

    static TopicWatch start(Admin admin, List<TopicSpec> table, Duration interval) {
        TopicWatch watch = new TopicWatch(admin, table, interval);
        Future<?> _ =
                watch.thread.scheduleWithFixedDelay(
                        watch::look, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    /** Whether all topics are as they were. */
    public boolean intact() {
        return intact;
    }

    /**
     * Completes some seconds after the topics are no longer {@link #intact}: with which topic it
     * is, what happened to it and what to do.
     */
    public CompletableFuture<TopicException> trouble() {
        return trouble.copy();
    }

    private void look() {
        admin.describeTopics(table.keySet()).topicNameValues().forEach(this::look);
    }

    private void look(String name, KafkaFuture<TopicDescription> answer) {
        try {
            check(required(name), answer.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException && ids.containsKey(name)) {
                missed(required(name));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TopicSpec required(String name) {
        return Objects.requireNonNull(table.get(name));
    }

    private void missed(TopicSpec spec) {
        if (missing.merge(spec.name(), 1, Integer::sum) >= LOOKS_BEFORE_MISSING) {
            tell(spec, "was deleted");
        }
    }

    private void check(TopicSpec spec, TopicDescription found) {
        missing.remove(spec.name());
        Uuid known = ids.putIfAbsent(spec.name(), found.topicId());
        int partitions = found.partitions().size();
        if (spec.partitionsFixed() && partitions != spec.partitions()) {
            tell(spec, "was given %d partitions".formatted(partitions));
        } else if (known != null && !known.equals(found.topicId())) {
            tell(spec, "was deleted and made anew");
        }
    }

    private void tell(TopicSpec spec, String what) {
        if (!intact) {
            return;
        }
        intact = false;
        TopicException told =
                new TopicException(
                        "topic %s %s while it was in use; it must stay, with %d partitions. %s"
                                .formatted(spec.name(), what, spec.partitions(), REMEDY));
        LOG.atError().addKeyValue("topic", spec.name()).log(told.getMessage());
        long notice = interval.multipliedBy(LOOKS_OF_NOTICE).toNanos();
        Future<?> _ = thread.schedule(() -> trouble.complete(told), notice, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
