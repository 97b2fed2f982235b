package io.kagu.ingest.core;

/** What came of reading a request into fields and body. */
public sealed interface Arrival {

    /** Fields and body, not yet checked. */
    record Complete(Submission submission) implements Arrival {}

    /** Something that cannot be taken apart. */
    record Refused(Refusal refusal) implements Arrival {}
}
