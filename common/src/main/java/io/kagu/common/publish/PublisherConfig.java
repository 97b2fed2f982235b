package io.kagu.common.publish;

import java.time.Duration;

/**
 * How a publisher behaves.
 *
 * @param source who publishes, as {@code ce_source}
 * @param maxPending jobs without a response that are kept in memory at once
 * @param submitWait how long a submit waits for room among them
 * @param responseWait how long after a job's completion its response is waited for
 * @param startWait how long the start waits for the topics
 */
public record PublisherConfig(
        String source,
        int maxPending,
        Duration submitWait,
        Duration responseWait,
        Duration startWait) {

    public PublisherConfig {
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must not be blank");
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("max pending must be at least 1");
        }
    }

    /** 10,000 pending jobs, and half a minute, ten seconds and half a minute to wait. */
    public static PublisherConfig of(String source) {
        return new PublisherConfig(
                source,
                10_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30));
    }

    /** The same with another bound of pending jobs and another wait for room among them. */
    public PublisherConfig pending(int max, Duration wait) {
        return new PublisherConfig(source, max, wait, responseWait, startWait);
    }

    /** The same with another wait for the response of a job that completed. */
    public PublisherConfig responseWait(Duration wait) {
        return new PublisherConfig(source, maxPending, submitWait, wait, startWait);
    }
}
