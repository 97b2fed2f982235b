package io.kagu.cli.command;

import io.kagu.cli.ExitCodes;
import io.kagu.cli.StopSignal;
import io.kagu.local.stack.LocalStack;
import io.kagu.local.stack.LocalStackConfig;
import io.kagu.local.stack.StackException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Keeps the whole system running on this machine until Ctrl-C. */
@Command(
        name = "local",
        description =
                "Run the whole system on this machine until Ctrl-C: a real Kafka, GPUs, all"
                        + " services, one HTTP port.")
public final class LocalCommand implements Callable<Integer> {

    private static final String DEFAULT_PORT = "8080";

    @Mixin private StackOptions options = new StackOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = DEFAULT_PORT,
            description = "HTTP port; 0 takes a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        Path log = Logging.toFile(options.dataDir("local"));
        LocalStackConfig config = options.config("local", port);
        StopSignal stop = StopSignal.ofProcess();
        int exitCode = ExitCodes.FAILED;
        try {
            exitCode = serve(config, stop, log);
        } finally {
            stop.finished(exitCode);
        }
        return exitCode;
    }

    private static int serve(LocalStackConfig config, StopSignal stop, Path log)
            throws InterruptedException {
        long start = System.nanoTime();
        System.err.println("starting Kafka, GPUs and services ...");
        try (LocalStack stack = stop.interrupting(() -> LocalStack.start(config))) {
            StackBanner.lines(stack, log, System.nanoTime() - start).forEach(System.out::println);
            Optional<String> failure = untilEnd(stack, stop);
            if (failure.isPresent()) {
                throw new StackException(failure.get());
            }
            System.err.println("stopping ...");
        }
        System.err.println("stopped; queue and history stay in " + config.dataDir());
        return ExitCodes.OK;
    }

    private static Optional<String> untilEnd(LocalStack stack, StopSignal stop)
            throws InterruptedException {
        final long checkMillis = 200;
        Optional<String> failure = Optional.empty();
        while (failure.isEmpty() && !stop.await(checkMillis)) {
            failure = stack.failure();
        }
        return failure;
    }
}
