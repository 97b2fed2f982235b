package io.kagu.common.topic;

import io.kagu.common.job.Priority;

import java.util.Optional;

/** The names of all topics under one prefix. */
public record Topics(String prefix) {

    /** Job records of one priority; key = pool, value = request body. */
    public String jobs(Priority priority) {
        return prefix + "jobs." + priority.word();
    }

    /** The priority whose job topic this is; empty for any other topic. */
    public Optional<Priority> priorityOf(String topic) {
        for (Priority priority : Priority.values()) {
            if (jobs(priority).equals(topic)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }

    /** Cancel, requeue and discard; key = pool. */
    public String commands() {
        return prefix + "jobs.commands";
    }

    /** Retries on their way back; key = pool. */
    public String retry() {
        return prefix + "jobs.retry";
    }

    /** Dead letters; key = job id, value = request body. */
    public String deadLetters() {
        return prefix + "jobs.dlq";
    }

    /** Lifecycle events; key = job id. */
    public String events() {
        return prefix + "jobs.events";
    }

    /** Response bodies; key = job id. */
    public String results() {
        return prefix + "jobs.results";
    }

    /** GPU specs; key = GPU name; compacted. */
    public String registry() {
        return prefix + "gpus.registry";
    }

    /** What the last scrape of each GPU said; key = GPU name; compacted. */
    public String metrics() {
        return prefix + "gpus.metrics";
    }

    /** Calls for another replica's executor; key = its incarnation, value = request body. */
    public String assignments() {
        return prefix + "dispatch.assignments";
    }

    /** Aborts of running calls; key = job id. */
    public String aborts() {
        return prefix + "dispatch.aborts";
    }

    /** How calls ended; key = pool, value = response body. */
    public String outcomes() {
        return prefix + "dispatch.outcomes";
    }

    /** Heartbeats of dispatcher replicas; key = incarnation; compacted. */
    public String instances() {
        return prefix + "dispatch.instances";
    }

    /** What each pool's owner says of its queue; key = pool; compacted. */
    public String queueStatus() {
        return prefix + "queue.status";
    }
}
