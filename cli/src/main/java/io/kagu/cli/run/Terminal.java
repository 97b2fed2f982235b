package io.kagu.cli.run;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.List;

/**
 * Where a command talks to its user: lines that stay, and below them, on a real terminal, lines
 * that are drawn over. Safe for many threads.
 */
public final class Terminal {

    private static final int FALLBACK_COLUMNS = 80;

    private final PrintStream out;
    private final int columns;
    private final boolean live;
    private int drawn;

    /**
     * @param live whether lines can be drawn over
     */
    public Terminal(PrintStream out, int columns, boolean live) {
        this.out = out;
        this.columns = columns;
        this.live = live;
    }

    /** The process's standard error; the launcher tells in {@code kagu.columns} how wide it is. */
    public static Terminal ofProcess() {
        int columns = Integer.getInteger("kagu.columns", 0);
        return new Terminal(System.err, columns > 0 ? columns : FALLBACK_COLUMNS, columns > 0);
    }

    /** Whether lines can be drawn over. */
    public boolean isLive() {
        return live;
    }

    /** Whether more than ASCII can be shown. */
    public boolean isUnicode() {
        return Charset.forName(System.getProperty("stderr.encoding", "US-ASCII"))
                .newEncoder()
                .canEncode('█');
    }

    /** Characters that fit into a line without wrapping. */
    public int columns() {
        return columns - 1;
    }

    /** Says a line that stays. */
    public synchronized void say(String line) {
        clear();
        out.println(line);
    }

    /** Draws lines over the last ones that were drawn. */
    public synchronized void draw(List<String> lines) {
        clear();
        lines.forEach(out::println);
        drawn = lines.size();
    }

    /** Lets the lines that were drawn last stay. */
    public synchronized void keep() {
        drawn = 0;
    }

    private void clear() {
        if (drawn > 0) {
            // Up to the first drawn line, then clear to the end of the screen.
            out.print("\u001b[%dF\u001b[J".formatted(drawn));
            drawn = 0;
        }
    }
}
