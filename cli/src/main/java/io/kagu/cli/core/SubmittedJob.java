package io.kagu.cli.core;

/** A job that the server has taken. */
public record SubmittedJob(PlannedJob planned, String id) {

    /** The line it was made from. */
    public IndexedLine.Job line() {
        return planned.line();
    }
}
