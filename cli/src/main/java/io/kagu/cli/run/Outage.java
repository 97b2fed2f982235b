package io.kagu.cli.run;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;

import java.time.Duration;

/** How long a server has been silent, and when that is too long. Safe for many threads. */
final class Outage {

    private static final long RETRY_MILLIS = 1000;

    private final RunBoard board;
    private final JobBook book;
    private final Duration patience;
    private volatile long lastAnswer = System.nanoTime();

    Outage(RunBoard board, JobBook book, Duration patience) {
        this.board = board;
        this.book = book;
        this.patience = patience;
    }

    void answered() {
        lastAnswer = System.nanoTime();
    }

    /**
     * Waits a moment before the next try.
     *
     * @throws CliException if the server has been silent for too long
     */
    void waitBeforeRetry(String reason) throws InterruptedException {
        if (System.nanoTime() - lastAnswer > patience.toNanos()) {
            throw new CliException(
                    ExitCodes.FAILED,
                    "the server has not answered for %d s (%s); start again to go on from here"
                            .formatted(patience.toSeconds(), reason));
        }
        board.note("no answer from the server, trying again: " + reason);
        boolean _ = book.awaitOver(RETRY_MILLIS);
    }
}
