package io.kagu.cli.client;

/** What a server says to a submission. */
public sealed interface SubmitAnswer {

    /** The server took the job, or has it already. */
    record Accepted(String id) implements SubmitAnswer {}

    /** The server will never take this job as it is. */
    record Refused(int status, String code, String detail) implements SubmitAnswer {}

    /** The server takes no more for now. */
    record Busy(int retryAfterSeconds, String code) implements SubmitAnswer {}

    /** The server cannot be reached or fails; it may have taken the job. */
    record Unreachable(String reason) implements SubmitAnswer {}
}
