package io.kagu.dispatcher.executor;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that an executor reaches outside itself, beside the GPU servers.
 *
 * @param partitions whose pools this replica owns; told in heartbeats
 */
public record ExecutorPorts(
        OutcomePublisher outcomes,
        HeartbeatPublisher heartbeats,
        AbortSource aborts,
        AssignmentSource assignments,
        Credentials credentials,
        Supplier<List<Integer>> partitions) {

    /** The ports of an executor whose heartbeats tell of no partitions. */
    public ExecutorPorts(
            OutcomePublisher outcomes,
            HeartbeatPublisher heartbeats,
            AbortSource aborts,
            AssignmentSource assignments,
            Credentials credentials) {
        this(outcomes, heartbeats, aborts, assignments, credentials, List::of);
    }

    /**
     * The same of a replica that owns pools.
     *
     * @param owned the partitions, at any time
     */
    public ExecutorPorts owning(Supplier<List<Integer>> owned) {
        return new ExecutorPorts(outcomes, heartbeats, aborts, assignments, credentials, owned);
    }

    /**
     * The real ones.
     *
     * @param gpus what spilled calls are looked up in
     * @param environment where the variables with the GPU servers' tokens are
     */
    public static ExecutorPorts kafka(
            KafkaClients clients, Topics topics, KnownGpus gpus, Map<String, String> environment) {
        return new ExecutorPorts(
                new KafkaOutcomePublisher(clients.producer("outcomes", 0), topics.outcomes()),
                KafkaHeartbeatPublisher.start(clients, topics.instances()),
                new AbortTopic(clients, topics.aborts()),
                new AssignmentTopic(clients, topics.assignments(), gpus),
                Credentials.of(environment));
    }
}
