package io.kagu.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The benchmarks. */
@Command(
        name = "bench",
        description = "Measure Kagu on this machine.",
        subcommands = {
            BenchPipelineCommand.class,
            BenchBusyCommand.class,
            BenchChaosCommand.class,
            BenchCoreCommand.class,
            BenchRoutingCommand.class,
            BenchSoakCommand.class,
            BenchStatusCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine.usage(spec, System.out);
    }
}
