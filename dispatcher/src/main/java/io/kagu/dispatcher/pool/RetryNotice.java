package io.kagu.dispatcher.pool;

import java.time.Instant;

/**
 * A retry on its way back to its pool's owner. The owner's RETRYING row is what counts; the notice
 * tells others when and why, and wakes the owner should the row's timer be behind.
 */
record RetryNotice(int schema, String jobId, int attempt, Instant dueAt, String reason) {

    static final int SCHEMA = 1;
}
