package io.kagu.cli.core;

import java.util.ArrayList;
import java.util.List;

/** Dead letters as tables in plain text; what there is not is a dash. */
public final class LetterTable {

    private static final String NONE = "-";
    private static final int MAX_REASON = 60;
    private static final int LETTER_COLUMNS = 7;
    private static final int GROUP_COLUMNS = 4;
    private static final int ATTEMPT_COLUMNS = 5;

    private LetterTable() {}

    /** The groups, and below them the letters. */
    public static List<String> lines(LetterFacts.Page page) {
        if (page.deadLetters().isEmpty()) {
            return List.of("no dead letters");
        }
        List<String> lines = new ArrayList<>(groups(page.groups()));
        lines.add("");
        TextTable table =
                new TextTable(LETTER_COLUMNS)
                        .row("ID", "DIED", "CLASS", "POOL", "MODEL", "PRIORITY", "REASON");
        page.deadLetters().forEach(letter -> row(table, letter));
        lines.addAll(table.lines());
        page.nextCursor().ifPresent(_ -> lines.add("there are more: raise --limit, or filter"));
        return lines;
    }

    private static void row(TextTable table, LetterFacts letter) {
        table.row(
                letter.id(),
                letter.diedAt(),
                letter.deathClass(),
                letter.pool().orElse(NONE),
                letter.model().orElse(NONE),
                letter.priority().orElse(NONE),
                oneLine(letter.reason()));
    }

    /** Letters by their causes. */
    public static List<String> groups(List<LetterFacts.Group> groups) {
        TextTable table =
                new TextTable(GROUP_COLUMNS)
                        .row("FINGERPRINT", "CLASS", "NEWEST", "REASON", "COUNT");
        for (LetterFacts.Group group : groups) {
            table.row(
                    group.fingerprint(),
                    group.deathClass(),
                    group.newestAt(),
                    oneLine(group.sampleReason()),
                    Long.toString(group.count()));
        }
        return table.lines();
    }

    /** One letter with its attempts. */
    public static List<String> lines(LetterFacts letter) {
        List<String> lines =
                new ArrayList<>(
                        new TextTable(2)
                                .row("job", letter.id())
                                .row("died", letter.diedAt())
                                .row("class", letter.deathClass())
                                .row("code", letter.code())
                                .row("reason", printable(letter.reason()))
                                .row("fingerprint", letter.fingerprint())
                                .row("pool", letter.pool().orElse(NONE))
                                .row("model", letter.model().orElse(NONE))
                                .row("priority", letter.priority().orElse(NONE))
                                .row("tenant", letter.tenant().orElse(NONE))
                                .row("run", Integer.toString(letter.run()))
                                .row("place", place(letter))
                                .row("body", letter.bodyBytes() + " bytes")
                                .lines());
        if (!letter.attempts().isEmpty()) {
            lines.add("");
            lines.addAll(attempts(letter.attempts()));
        }
        return lines;
    }

    private static String place(LetterFacts letter) {
        return letter.sequence().isPresent()
                ? "number " + letter.sequence().getAsLong() + " of its pool"
                : letter.origin().orElse(NONE);
    }

    private static List<String> attempts(List<LetterFacts.Attempt> attempts) {
        TextTable table =
                new TextTable(ATTEMPT_COLUMNS).row("ATTEMPT", "GPU", "STARTED", "ENDING", "ERROR");
        for (LetterFacts.Attempt attempt : attempts) {
            table.row(
                    Integer.toString(attempt.number()),
                    attempt.gpu(),
                    attempt.startedAt(),
                    attempt.ending().orElse(NONE),
                    printable(attempt.error().orElse(NONE)));
        }
        return table.lines();
    }

    private static String oneLine(String text) {
        String line = printable(text);
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON - 3) + "...";
    }

    /** Reasons come from GPU servers: they may not steer a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
