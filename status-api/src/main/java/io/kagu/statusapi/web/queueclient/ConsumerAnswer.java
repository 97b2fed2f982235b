package io.kagu.statusapi.web.queueclient;

import io.kagu.statusapi.core.ConsumerReport;

import java.util.List;

/**
 * A dispatcher replica in the words of queue clients.
 *
 * @param status {@code alive}, {@code leaving} or {@code silent}
 * @param jobsProcessed calls that ended since it started
 */
record ConsumerAnswer(
        String consumerId,
        String status,
        double lastHeartbeat,
        long jobsProcessed,
        int inFlight,
        List<String> pools) {

    static final String ALIVE = "alive";

    static ConsumerAnswer of(ConsumerReport consumer) {
        return new ConsumerAnswer(
                consumer.id(),
                consumer.status(),
                EpochSeconds.of(consumer.lastHeartbeat()),
                consumer.processed(),
                consumer.inFlight(),
                consumer.pools());
    }
}
