package io.kagu.cli.command;

import java.nio.file.Path;

/** Where the logs of this process go; to be said before the first logger is made. */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** All into a file of the data folder: the terminal belongs to the user. */
    static Path toFile(Path dataDir) {
        Path file = dataDir.resolve("kagu.log").toAbsolutePath();
        if (configure("io/kagu/cli/file-logback.xml")) {
            System.setProperty("kagu.log", file.toString());
        }
        return file;
    }

    /** Nowhere, for commands that say all there is to say themselves. */
    static void off() {
        configure("io/kagu/cli/no-logback.xml");
    }

    private static boolean configure(String resource) {
        boolean free = System.getProperty(CONFIGURATION) == null;
        if (free) {
            System.setProperty(CONFIGURATION, resource);
        }
        return free;
    }
}
