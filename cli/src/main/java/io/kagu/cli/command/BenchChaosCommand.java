package io.kagu.cli.command;

import io.kagu.bench.chaos.ChaosBench;
import io.kagu.bench.chaos.ChaosConfig;
import io.kagu.bench.chaos.ChaosReport;
import io.kagu.bench.chaos.core.FaultKind;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Whether the guarantees hold while everything breaks. */
@Command(
        name = "chaos",
        description = {
            "Run 3 brokers, 3 dispatchers, 2 status-apis, ingest and simulated GPUs as processes;"
                    + " kill, stop, freeze and cut them while jobs come; then judge the guarantees"
                    + " by the topics and the GPUs' own logs.",
            "Ends with exit code 1 if a guarantee was broken. Takes about half an hour and"
                    + " 5 GB of memory."
        })
final class BenchChaosCommand implements Callable<Integer> {

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "draws faults, targets and jobs (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "20000",
            description = "jobs submitted under the faults (${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--faults",
            paramLabel = "N",
            defaultValue = "36",
            description = "faults, of all kinds in turn (${DEFAULT-VALUE})")
    private int faults;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            defaultValue = "40",
            description = "from one fault to the next, on average (${DEFAULT-VALUE})")
    private int gap;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            description = "these faults and no others, such as stop-dispatcher,kill-broker")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write all that was found there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.off();
        ChaosBench bench = new ChaosBench(config(), System.err::println);
        BusyMachine.warn();
        ChaosReport report = bench.run();
        report.lines().forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), report.json());
        }
        return report.held() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private ChaosConfig config() {
        try {
            ChaosConfig full = ChaosConfig.full(seed, jobs, faults, gap);
            return only.isEmpty()
                    ? full
                    : full.only(only.stream().map(FaultKind::ofOption).toList());
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
