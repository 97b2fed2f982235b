package io.kagu.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: shows its help. */
@Command(
        name = "kagu",
        description = "A durable, strictly ordered, GPU-aware job queue for LLM inference.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOfBuild.class,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:tried and failed, or not everything completed",
            "2:could not be tried: an option, file or setting is wrong",
            "130:stopped by Ctrl-C"
        },
        subcommands = {
            RunCommand.class,
            LocalCommand.class,
            SubmitCommand.class,
            GpusCommand.class,
            DlqCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            GpuCommand.class,
            BenchCommand.class,
            ServiceCommand.Ingest.class,
            ServiceCommand.Dispatcher.class,
            ServiceCommand.StatusApi.class
        })
public final class KaguCommand implements Runnable {

    @Option(
            names = "--verbose",
            description = "show the stack trace of an error",
            scope = ScopeType.INHERIT)
    private boolean verbose;

    /** Whether errors are shown with their stack traces. */
    public boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
