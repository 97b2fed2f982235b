package io.kagu.cli.core;

import java.util.List;

/** What came of reading one line. */
public sealed interface ParsedLine {

    /** A job that can be submitted. */
    record Good(JobRequest request) implements ParsedLine {}

    /**
     * A line that cannot be a job.
     *
     * @param customId the line's own name, or its number where that cannot be read
     * @param faults everything that is wrong, each with what is allowed
     */
    record Bad(String customId, List<String> faults) implements ParsedLine {
        public Bad {
            faults = List.copyOf(faults);
        }
    }
}
