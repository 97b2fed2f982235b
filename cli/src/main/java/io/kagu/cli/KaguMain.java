package io.kagu.cli;

import io.kagu.cli.command.KaguCommand;

import picocli.CommandLine;

/** The {@code kagu} program. */
public final class KaguMain {

    private KaguMain() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and says what the process is to end with. */
    static int run(String... args) {
        KaguCommand root = new KaguCommand();
        CommandLine program = new CommandLine(root);
        ErrorLine errors = new ErrorLine(System.err, root::verbose);
        program.setExecutionExceptionHandler((e, _, _) -> errors.say(e));
        program.setCaseInsensitiveEnumValuesAllowed(true);
        return program.execute(args);
    }
}
