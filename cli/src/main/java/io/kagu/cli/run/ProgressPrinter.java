package io.kagu.cli.run;

import io.kagu.cli.core.Progress;
import io.kagu.cli.core.ProgressText;

/** Shows how a run goes while it goes: bars on a terminal, a line now and then elsewhere. */
public final class ProgressPrinter implements AutoCloseable {

    private static final long LIVE_MILLIS = 200;
    private static final long PLAIN_MILLIS = 2_000;

    private final Terminal terminal;
    private final RunBoard board;
    private final ProgressText text;
    private final Thread thread;

    private ProgressPrinter(Terminal terminal, RunBoard board) {
        this.terminal = terminal;
        this.board = board;
        this.text = new ProgressText(terminal.isUnicode());
        this.thread = Thread.ofVirtual().name("progress").unstarted(this::work);
    }

    /** Shows the board until closed. */
    public static ProgressPrinter start(Terminal terminal, RunBoard board) {
        ProgressPrinter printer = new ProgressPrinter(terminal, board);
        printer.thread.start();
        return printer;
    }

    private void work() {
        try {
            while (true) {
                print();
                Thread.sleep(terminal.isLive() ? LIVE_MILLIS : PLAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print() {
        board.takeRefusals().forEach(terminal::say);
        Progress progress = board.progress();
        if (terminal.isLive()) {
            terminal.draw(text.bars(progress, terminal.columns()));
        } else {
            terminal.say(text.line(progress));
        }
    }

    /** Shows the last state and stops. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        print();
        terminal.keep();
    }
}
