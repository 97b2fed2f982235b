package io.kagu.cli.command;

import io.kagu.bench.soak.SoakBench;
import io.kagu.bench.soak.SoakConfig;
import io.kagu.bench.soak.SoakReport;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** Whether memory and disk stay flat. */
@Command(
        name = "soak",
        description = {
            "Send many small jobs through a broker, a dispatcher and a status-api as processes,"
                + " with everything kept as shortly as can be, and watch their memory and disk.",
            "Ends with exit code 1 if any of it grew from the second quarter of the run to the"
                    + " last. A million jobs take about a quarter of an hour and 2 GB of memory."
        })
final class BenchSoakCommand implements Callable<Integer> {

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "jobs in all (${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--underway",
            paramLabel = "N",
            defaultValue = "500",
            description = "jobs that wait or run at a time (${DEFAULT-VALUE})")
    private int underway;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "from one sample to the next (${DEFAULT-VALUE})")
    private int every;

    @Override
    public Integer call() throws InterruptedException {
        Logging.off();
        SoakBench bench = new SoakBench(config(), System.err::println);
        BusyMachine.warn();
        SoakReport report = bench.run();
        report.lines().forEach(System.out::println);
        return report.flat() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private SoakConfig config() {
        try {
            return new SoakConfig(jobs, underway, every);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
