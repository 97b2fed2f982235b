package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.StopSignal;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.run.InputFile;
import io.kagu.cli.run.JobRun;
import io.kagu.cli.run.ProgressPrinter;
import io.kagu.cli.run.ResultsFile;
import io.kagu.cli.run.RunReport;
import io.kagu.cli.run.Terminal;
import io.kagu.local.stack.LocalStack;
import io.kagu.local.stack.LocalStackConfig;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Sends every job of a file to GPUs and collects the results. */
@Command(
        name = "run",
        description = {
            "Send every job of a file to GPUs, in priority order, and collect the results.",
            "Each line is a job: {\"id\",\"model\",\"priority\",\"payload\":{...}}, or a line of an"
                    + " OpenAI batch. Without --server the whole system is started for it. Run"
                    + " again after a kill, it goes on where it was."
        })
public final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE.jsonl", description = "the jobs, one per line")
    private Path file = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "a running Kagu server (default: one is started)")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "where the results go (default: FILE.results.jsonl)")
    private Optional<Path> results = Optional.empty();

    @Option(names = "--retry-dead", description = "run jobs anew that an earlier run saw DEAD")
    private boolean retryDead;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "HTTP port of the system that is started (default: a free one)")
    private int port;

    @Mixin private StackOptions options = new StackOptions();

    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        if (server.isPresent()) {
            Logging.off();
        } else {
            Logging.toFile(options.dataDir("run"));
        }
        LocalStackConfig config = options.config("run", port);
        Path resultsPath = results.orElseGet(() -> resultsBeside(file)).toAbsolutePath();
        StopSignal stop = StopSignal.ofProcess();
        int exitCode = ExitCodes.FAILED;
        try (InputFile input = InputFile.open(file, config.topics().maxBodyBytes());
                ResultsFile written = openResults(resultsPath)) {
            JobRun run = new JobRun(input, written, resultsPath.normalize().toString(), retryDead);
            announce(input, run);
            RunReport report = run.toDo() == 0 ? run.withoutServer() : carryOut(run, config, stop);
            exitCode = new RunOutcome(report, resultsPath).tell(System.out, terminal);
        } catch (CliException e) {
            exitCode = e.exitCode();
            throw e;
        } finally {
            stop.finished(stop.isRequested() ? ExitCodes.INTERRUPTED : exitCode);
        }
        return exitCode;
    }

    private void checkOptions() {
        if (server.isPresent() && (options.given() || port != 0)) {
            throw new CliException(
                    ExitCodes.USAGE,
                    "--server goes without --data, --gpus, --port and --kafka-port: those are for"
                            + " the system that is started when there is no --server");
        }
    }

    private ResultsFile openResults(Path path) {
        if (path.normalize().equals(file.toAbsolutePath().normalize())) {
            throw new CliException(ExitCodes.USAGE, "--results must not be the file of jobs");
        }
        return ResultsFile.open(path);
    }

    static Path resultsBeside(Path file) {
        String name = String.valueOf(file.getFileName());
        String stem =
                name.endsWith(".jsonl")
                        ? name.substring(0, name.length() - ".jsonl".length())
                        : name;
        return file.resolveSibling(stem + ".results.jsonl");
    }

    private void announce(InputFile input, JobRun run) {
        for (IndexedLine.Malformed line : input.index().malformed()) {
            line.faults().forEach(fault -> terminal.say("line " + line.number() + ": " + fault));
        }
        if (run.kept() > 0) {
            terminal.say("ended in an earlier run and kept: " + run.kept());
        }
    }

    private RunReport carryOut(JobRun run, LocalStackConfig config, StopSignal stop)
            throws InterruptedException {
        if (server.isPresent()) {
            return withClient(run, server.get(), stop);
        }
        terminal.say("starting Kafka, GPUs and services, data in " + config.dataDir() + " ...");
        try (LocalStack stack = stop.interrupting(() -> LocalStack.start(config))) {
            return withClient(run, "http://127.0.0.1:" + stack.httpPort(), stop);
        }
    }

    private RunReport withClient(JobRun run, String url, StopSignal stop)
            throws InterruptedException {
        try (KaguClient client = Clients.connected(url)) {
            terminal.say("jobs to run: %d, at %s".formatted(run.toDo(), url));
            ProgressPrinter progress = ProgressPrinter.start(terminal, run.board());
            try (progress) {
                return run.carryOut(client, stop);
            }
        }
    }
}
