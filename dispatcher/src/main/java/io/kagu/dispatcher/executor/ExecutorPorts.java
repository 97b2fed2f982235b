package io.kagu.dispatcher.executor;

import io.kagu.common.kafka.KafkaClients;
import io.kagu.common.topic.Topics;

import java.util.Map;

/** All that an executor reaches outside itself, beside the GPU servers. */
public record ExecutorPorts(
        OutcomePublisher outcomes,
        HeartbeatPublisher heartbeats,
        AbortSource aborts,
        AssignmentSource assignments,
        Credentials credentials) {

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
