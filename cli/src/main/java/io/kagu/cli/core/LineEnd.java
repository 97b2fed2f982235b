package io.kagu.cli.core;

import java.util.Optional;

/**
 * How one line of the input ended; with its result body, one line of the results file.
 *
 * @param id the job's id; empty if there never was a job
 * @param generation counts the jobs made from the same line, from 0
 * @param content hash of the line; a changed line is a new job
 * @param error why it did not complete
 */
public record LineEnd(
        String customId,
        Optional<String> id,
        LineState state,
        int generation,
        String content,
        CallFacts facts,
        Optional<Fault> error) {

    /**
     * Why a line did not complete.
     *
     * @param code stable and machine-readable
     */
    public record Fault(String code, String message) {}

    /** A line that is no job. */
    public static LineEnd malformed(IndexedLine.Malformed line) {
        return new LineEnd(
                line.customId(),
                Optional.empty(),
                LineState.INVALID,
                0,
                "",
                CallFacts.NONE,
                Optional.of(
                        new Fault(
                                "malformed_line",
                                "line "
                                        + line.number()
                                        + ": "
                                        + String.join("; ", line.faults()))));
    }

    /** A job's line that ends without a call. */
    public static LineEnd without(
            IndexedLine.Job line, int generation, LineState state, Fault fault) {
        return new LineEnd(
                line.customId(),
                Optional.empty(),
                state,
                generation,
                line.content(),
                CallFacts.NONE,
                Optional.of(fault));
    }
}
