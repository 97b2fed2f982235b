package io.kagu.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own for one measured part, so that heap, compiled code and garbage of one side do
 * not weigh on the other. Asked line by line; ends with this process at the latest, since its input
 * ends then.
 */
public final class Child implements AutoCloseable {

    private static final long STOP_SECONDS = 15;
    private static final List<String> NO_OPTIONS = List.of();

    private final String name;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
        this.log = log;
    }

    /**
     * Starts a child.
     *
     * @param main its main class, which runs a {@link ChildLoop}
     * @param log takes what it writes to standard error
     */
    public static Child start(Class<?> main, Path log, String... arguments) {
        List<String> command = JvmCommand.of(main, NO_OPTIONS, arguments);
        try {
            Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new Child(main.getSimpleName(), process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main.getSimpleName(), e);
        }
    }

    /**
     * Asks the child and waits for its answer.
     *
     * @throws IllegalStateException if it failed or is gone
     */
    public synchronized List<String> ask(String... words) {
        String question = String.join(" ", words);
        try {
            questions.write(question + '\n');
            questions.flush();
            return answer(question);
        } catch (IOException e) {
            throw new IllegalStateException(gone(question), e);
        }
    }

    private List<String> answer(String question) throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException(gone(question));
            }
            if (line.equals(ChildLoop.END)) {
                return lines;
            }
            if (line.startsWith(ChildLoop.FAILED)) {
                String fault = line.substring(ChildLoop.FAILED.length());
                throw new IllegalStateException("%s failed: %s".formatted(name, fault));
            }
            lines.add(line);
        }
    }

    private String gone(String question) {
        return "%s has ended at '%s', see %s".formatted(name, question, log);
    }

    /** Lets it end in order, kills it if that takes too long. */
    @Override
    public void close() {
        try {
            questions.close();
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It is gone already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
