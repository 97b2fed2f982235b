package io.kagu.cli;

import io.kagu.broker.BrokerStartException;
import io.kagu.common.config.SettingsException;
import io.kagu.common.gpu.RegistryException;
import io.kagu.common.http.HttpStartException;
import io.kagu.common.topic.TopicException;
import io.kagu.dispatcher.ReplicaFailedException;
import io.kagu.local.stack.StackException;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/** Says what went wrong in words for a user; the stack trace only on request. */
final class ErrorLine {

    private final PrintStream out;
    private final BooleanSupplier verbose;

    ErrorLine(PrintStream out, BooleanSupplier verbose) {
        this.out = out;
        this.verbose = verbose;
    }

    /** Says the error; the answer is the exit code that goes with it. */
    int say(Throwable error) {
        out.println("kagu: " + message(error));
        if (verbose.getAsBoolean()) {
            error.printStackTrace(out);
        }
        return exitCode(error);
    }

    private static String message(Throwable error) {
        return switch (error) {
            case CliException e -> String.valueOf(e.getMessage());
            case StackException e -> String.valueOf(e.getMessage());
            case BrokerStartException e -> String.valueOf(e.getMessage());
            case HttpStartException e -> String.valueOf(e.getMessage());
            case SettingsException e -> String.valueOf(e.getMessage());
            case RegistryException e -> String.valueOf(e.getMessage());
            case TopicException e -> String.valueOf(e.getMessage());
            case ReplicaFailedException e -> String.valueOf(e.getMessage());
            case InterruptedException _ -> "stopped";
            default ->
                    "unexpected failure: %s (run again with --verbose for more)"
                            .formatted(firstLine(error));
        };
    }

    private static String firstLine(Throwable error) {
        return error.toString().lines().findFirst().orElse("unknown");
    }

    private static int exitCode(Throwable error) {
        return switch (error) {
            case CliException e -> e.exitCode();
            case SettingsException _, RegistryException _ -> ExitCodes.USAGE;
            case InterruptedException _ -> ExitCodes.INTERRUPTED;
            default -> ExitCodes.FAILED;
        };
    }
}
