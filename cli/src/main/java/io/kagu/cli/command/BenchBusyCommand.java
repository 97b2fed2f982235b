package io.kagu.cli.command;

import io.kagu.bench.pipeline.BusyBench;
import io.kagu.bench.pipeline.BusyConfig;
import io.kagu.bench.pipeline.BusyReport;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** How busy GPUs are while jobs wait. */
@Command(
        name = "busy",
        description =
                "Let jobs wait in a real Kafka for simulated GPUs, and measure the share of slots x"
                        + " time for which these are busy.")
final class BenchBusyCommand implements Callable<Integer> {

    @Option(
            names = "--gpus",
            paramLabel = "N",
            defaultValue = "4",
            description = "simulated GPUs (${DEFAULT-VALUE})")
    private int gpus;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "8",
            description = "calls at a time of each (${DEFAULT-VALUE})")
    private int slots;

    @Option(
            names = "--call-ms",
            paramLabel = "N",
            defaultValue = "200",
            description = "length of every call (${DEFAULT-VALUE})")
    private int callMillis;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "120",
            description = "seconds before each window (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "length of each window (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            defaultValue = "3",
            description = "windows, each of a process of its own (${DEFAULT-VALUE})")
    private int repeats;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.off();
        BusyBench bench = new BusyBench(config(), System.err::println);
        BusyMachine.warn();
        BusyReport report = bench.run();
        report.lines().forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), report.json());
        }
        return ExitCodes.OK;
    }

    private BusyConfig config() {
        try {
            return new BusyConfig(gpus, slots, callMillis, warmUp, seconds, repeats);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
