package io.kagu.cli.command;

import io.kagu.bench.status.StatusBench;
import io.kagu.bench.status.StatusBenchConfig;
import io.kagu.bench.status.StatusReport;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** How fast the status-api answers. */
@Command(
        name = "status",
        description = {
            "Ask a status-api about 10,000 and about 1,000,000 jobs, beside a server of the same"
                    + " framework that answers a constant, and see how soon it shows what happens.",
            "Takes half an hour and 2 GB of memory. Uses wrk where it is installed."
        })
final class BenchStatusCommand implements Callable<Integer> {

    @Option(
            names = "--quick",
            description = "a first impression: 100,000 jobs, shorter, with more noise")
    private boolean quick;

    @Option(names = "--jobs", paramLabel = "N", description = "jobs of the large store")
    private Optional<Integer> jobs = Optional.empty();

    @Option(names = "--repeats", paramLabel = "R", description = "loads of each kind")
    private Optional<Integer> repeats = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.off();
        StatusBench bench = new StatusBench(config(), System.err::println);
        BusyMachine.warn();
        StatusReport report = bench.run();
        report.lines().forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), report.json());
        }
        return ExitCodes.OK;
    }

    private StatusBenchConfig config() {
        StatusBenchConfig config = quick ? StatusBenchConfig.quick() : StatusBenchConfig.full();
        try {
            return config.withLarge(jobs.orElse(config.large()))
                    .withRepeats(repeats.orElse(config.repeats()));
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
