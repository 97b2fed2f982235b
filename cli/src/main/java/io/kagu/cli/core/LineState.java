package io.kagu.cli.core;

import io.kagu.common.job.JobStatus;

import java.util.Arrays;
import java.util.Optional;

/** How a line stands at the end of a run: its job's terminal state, or why it has none. */
public enum LineState {
    /** The GPU answered; the result is kept. */
    COMPLETED,
    /** All attempts failed or the GPU refused the job. */
    DEAD,
    /** Withdrawn, as by Ctrl-C. */
    CANCELLED,
    /** Its deadline passed first. */
    EXPIRED,
    /** No job: the line or the server's answer says why. */
    INVALID,
    /** The run ended before the job did; the next run takes it up again. */
    UNFINISHED;

    /** The state of a line whose job reached a terminal state. */
    public static LineState of(JobStatus terminal) {
        return switch (terminal) {
            case COMPLETED -> COMPLETED;
            case DEAD -> DEAD;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case QUEUED, RUNNING, RETRYING ->
                    throw new IllegalArgumentException(terminal + " is not terminal");
        };
    }

    /** The state of a word in any case; empty for any other word. */
    static Optional<LineState> parse(String word) {
        return Arrays.stream(values())
                .filter(state -> state.name().equalsIgnoreCase(word))
                .findFirst();
    }
}
