package io.kagu.cli.client;

import java.io.InputStream;

/** What a server says when it is asked for a result. */
public sealed interface ResultAnswer {

    /**
     * The GPU's answer.
     *
     * @param body still on its way; whoever gets it closes it
     */
    record Ready(InputStream body) implements ResultAnswer {}

    /** The job has not ended yet. */
    record Pending() implements ResultAnswer {}

    /** The job ended without a result; its view says how. */
    record Ended() implements ResultAnswer {}

    /** The server knows no such job. */
    record Unknown() implements ResultAnswer {}

    /** The server asks for patience. */
    record Busy(int retryAfterSeconds) implements ResultAnswer {}

    /** The server cannot be reached or fails. */
    record Unreachable(String reason) implements ResultAnswer {}
}
