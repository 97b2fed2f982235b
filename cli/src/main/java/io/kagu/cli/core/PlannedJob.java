package io.kagu.cli.core;

/** A line whose job this run submits. */
public record PlannedJob(IndexedLine.Job line, int generation) {

    /** The same line as a new job. */
    public PlannedJob next() {
        return new PlannedJob(line, generation + 1);
    }
}
