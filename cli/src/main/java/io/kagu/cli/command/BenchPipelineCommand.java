package io.kagu.cli.command;

import io.kagu.bench.pipeline.PipelineBench;
import io.kagu.bench.pipeline.PipelineConfig;
import io.kagu.bench.pipeline.PipelineReport;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The whole way of a job, against a bare loop. */
@Command(
        name = "pipeline",
        description =
                "Send jobs through a real Kafka to an instant GPU, by Kagu and by a bare"
                        + " consumer loop in turn, and compare.")
final class BenchPipelineCommand implements Callable<Integer> {

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "40000",
            description = "jobs of the backlog (${DEFAULT-VALUE})")
    private int jobs;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20000",
            description = "jobs of each warm-up (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            defaultValue = "3",
            description = "runs of each side, in turn (${DEFAULT-VALUE})")
    private int repeats;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "jobs per second of the first latency (${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "length of each latency measurement (${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "256",
            description = "calls at a time (${DEFAULT-VALUE})")
    private int slots;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.off();
        PipelineBench bench = new PipelineBench(config(), System.err::println);
        BusyMachine.warn();
        PipelineReport report = bench.run();
        report.lines().forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), report.json());
        }
        return ExitCodes.OK;
    }

    private PipelineConfig config() {
        try {
            return new PipelineConfig(jobs, warmUp, repeats, rate, seconds, slots);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
