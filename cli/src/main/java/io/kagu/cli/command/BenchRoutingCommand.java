package io.kagu.cli.command;

import io.kagu.bench.routing.RoutingBench;
import io.kagu.bench.routing.RoutingReport;
import io.kagu.bench.routing.Scenario;
import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.common.codec.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Kagu's way to choose who runs where, against the usual ones. */
@Command(
        name = "routing",
        description =
                "Send the same jobs to the same mixed fleet, in virtual time, by Kagu and by round"
                        + " robin, least connections, power of two choices and sidecar scores.")
final class BenchRoutingCommand implements Callable<Integer> {

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "30",
            description = "workloads for each load (${DEFAULT-VALUE})")
    private int seeds;

    @Option(
            names = "--load",
            paramLabel = "X",
            split = ",",
            defaultValue = "0.9,1.1",
            description = "demand by what the fleet can do (${DEFAULT-VALUE})")
    private List<Double> loads = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Logging.off();
        List<RoutingReport> reports = reports();
        reports.stream().flatMap(report -> report.lines().stream()).forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), Json.write(reports));
        }
        return ExitCodes.OK;
    }

    private List<RoutingReport> reports() {
        try {
            RoutingBench bench = new RoutingBench(seeds, System.err::println);
            return loads.stream().map(Scenario::atLoad).map(bench::run).toList();
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
