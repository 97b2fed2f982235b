package io.kagu.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as a process of its own, as a user starts it. */
final class KaguProcess implements AutoCloseable {

    private static final long END_SECONDS = 180;

    /**
     * A shell's background job ignores Ctrl-C, and its children inherit that: undone where it can
     * be.
     */
    private static final List<String> HEEDING_CTRL_C = heedingCtrlC();

    private final Process process;
    private final Path output;

    private KaguProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it; what it prints goes into a file of the folder. */
    static KaguProcess start(Path dir, String... args) throws IOException {
        List<String> command = new ArrayList<>(HEEDING_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KaguMain.class.getName()));
        command.addAll(List.of(args));
        File output = Files.createTempFile(dir, "kagu", ".out").toFile();
        Process process =
                new ProcessBuilder(command)
                        .directory(dir.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output)
                        .start();
        return new KaguProcess(process, output.toPath());
    }

    private static List<String> heedingCtrlC() {
        List<String> prefix = List.of("env", "--default-signal=INT");
        try {
            List<String> trial = new ArrayList<>(prefix);
            trial.add("true");
            int code = new ProcessBuilder(trial).redirectErrorStream(true).start().waitFor();
            return code == 0 ? prefix : List.of();
        } catch (IOException | InterruptedException e) {
            return List.of();
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and says its exit code. */
    int end() throws InterruptedException, IOException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running; it said: " + output());
        }
        return process.exitValue();
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
