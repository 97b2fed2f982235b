package io.kagu.cli.run;

import io.kagu.cli.core.Summary;

import java.util.Optional;

/**
 * What came of a run.
 *
 * @param interrupted whether it was stopped from outside
 * @param kept lines that an earlier run had ended
 * @param endedBefore jobs that the queue had ended before this run, whose results were fetched
 * @param failure what ended the run early
 */
public record RunReport(
        Summary summary,
        boolean interrupted,
        int kept,
        int endedBefore,
        Optional<RuntimeException> failure) {}
