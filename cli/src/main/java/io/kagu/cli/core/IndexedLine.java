package io.kagu.cli.core;

import io.kagu.common.job.Priority;

import java.util.List;

/** A line of the input as it is kept in memory: without its body, so that large files fit. */
public sealed interface IndexedLine {

    /** The line's number, from 1. */
    int number();

    /** The line's own name for its job. */
    String customId();

    /**
     * A line that is a job.
     *
     * @param content hash of the whole line
     * @param offset where the line begins in the file, in bytes
     * @param length of the line in bytes
     */
    record Job(
            int number,
            String customId,
            Priority priority,
            String model,
            String content,
            long offset,
            int length)
            implements IndexedLine {}

    /** A line that is none, with everything that is wrong with it. */
    record Malformed(int number, String customId, List<String> faults) implements IndexedLine {
        public Malformed {
            faults = List.copyOf(faults);
        }
    }
}
