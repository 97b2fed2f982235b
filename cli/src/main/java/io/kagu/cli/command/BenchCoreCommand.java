package io.kagu.cli.command;

import io.kagu.bench.decision.CoreBench;
import io.kagu.bench.decision.CoreConfig;
import io.kagu.bench.decision.CoreReport;
import io.kagu.bench.pipeline.MachineFacts;
import io.kagu.cli.ExitCodes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What one decision of the dispatcher's core costs. */
@Command(
        name = "core",
        description = {
            "Measure the decisions of the dispatcher's core alone, with JMH: 1,000 to 1,000,000"
                    + " jobs waiting, 3 to 5,000 GPUs, 1 and 1,000 tenants.",
            "Takes twenty minutes and 3 GB of memory."
        })
final class BenchCoreCommand implements Callable<Integer> {

    @Option(names = "--quick", description = "a first impression: shorter, with more noise")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write all figures there")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Logging.off();
        BusyMachine.warn();
        CoreConfig config = quick ? CoreConfig.quick() : CoreConfig.full();
        MachineFacts machine = MachineFacts.now();
        CoreReport report = new CoreBench(config, System.err::println).run();
        System.out.println();
        System.out.println(machine.line());
        report.lines().forEach(System.out::println);
        if (json.isPresent()) {
            Files.write(json.get(), report.json());
        }
        return ExitCodes.OK;
    }
}
