package io.kagu.cli.command;

import io.kagu.cli.ExitCodes;
import io.kagu.cli.core.LineState;
import io.kagu.cli.core.Summary;
import io.kagu.cli.run.RunReport;
import io.kagu.cli.run.Terminal;

import java.io.PrintStream;
import java.nio.file.Path;

/** Tells how a run ended. */
final class RunOutcome {

    private final RunReport report;
    private final Path results;

    RunOutcome(RunReport report, Path results) {
        this.report = report;
        this.results = results;
    }

    /** Prints the summary; the answer is the exit code that goes with it. */
    int tell(PrintStream out, Terminal terminal) {
        Summary summary = report.summary();
        out.println();
        summary.lines().forEach(out::println);
        out.println("results: " + results);
        if (report.endedBefore() > 0) {
            terminal.say(
                    "%d of them the queue had done before this run; their results were fetched."
                                    .formatted(report.endedBefore())
                            + " To run them anew, use another --results file.");
        }
        if (report.failure().isPresent()) {
            terminal.say("kagu: " + report.failure().get().getMessage());
            return ExitCodes.FAILED;
        }
        if (report.interrupted()) {
            terminal.say(
                    "stopped: %d completed, %d cancelled. Run it again to run the rest."
                            .formatted(
                                    summary.count(LineState.COMPLETED),
                                    summary.count(LineState.CANCELLED)));
            return ExitCodes.INTERRUPTED;
        }
        return summary.allCompleted() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
