package io.kagu.dispatcher.pool;

import io.kagu.common.job.Priority;

/** Names of the sub-topology's nodes and its store; they are part of the application's contract. */
final class Sinks {

    static final String PROCESSOR = "pool";
    static final String EVENTS = "to-events";
    static final String RESULTS = "to-results";
    static final String DEAD_LETTERS = "to-dlq";
    static final String RETRY = "to-retry";
    static final String COMMANDS = "to-commands";
    static final String ABORTS = "to-aborts";
    static final String BARRIERS = "to-outcomes";
    static final String QUEUE_STATUS = "to-queue-status";

    static final String JOBS_STORE = "jobs";

    private Sinks() {}

    /** Where a job record goes that its first partition did not own. */
    static String jobs(Priority priority) {
        return "to-jobs-" + priority.word();
    }
}
