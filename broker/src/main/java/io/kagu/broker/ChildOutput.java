package io.kagu.broker;

import io.kagu.broker.ParentLine.Failing;
import io.kagu.broker.ParentLine.Starting;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Reads what the child says: its port, or why it will not start.
 *
 * <p>The last other lines are kept; they tell why a JVM did not even come up.
 */
final class ChildOutput {

    private static final int LINES_KEPT = 5;

    private final CompletableFuture<ParentLine> answer = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ChildOutput() {}

    static ChildOutput of(Process child) {
        var output = new ChildOutput();
        Thread.ofPlatform()
                .daemon()
                .name("broker-output")
                .start(() -> output.readAll(child.inputReader()));
        return output;
    }

    /** Completes with the first thing the child says, or fails if it ends without a word. */
    CompletableFuture<ParentLine> answer() {
        return answer;
    }

    /** The last lines of other output, empty if there was none. */
    synchronized String lastLines() {
        return String.join(" ", lastLines);
    }

    private void readAll(BufferedReader lines) {
        try (lines) {
            lines.lines().forEach(this::take);
        } catch (IOException | java.io.UncheckedIOException e) {
            // The child is gone; what it said last is known.
        }
        answer.completeExceptionally(new IOException("the process ended at once"));
    }

    private void take(String line) {
        ParentLine.parse(line).ifPresentOrElse(this::answer, () -> keep(line));
    }

    private void answer(ParentLine line) {
        switch (line) {
            case Starting starting -> answer.complete(starting);
            case Failing failing -> answer.complete(failing);
        }
    }

    private synchronized void keep(String line) {
        lastLines.addLast(line);
        if (lastLines.size() > LINES_KEPT) {
            lastLines.removeFirst();
        }
    }
}
