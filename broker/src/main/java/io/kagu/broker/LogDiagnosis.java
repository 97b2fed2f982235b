package io.kagu.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Picks from a broker's log what went wrong last. */
final class LogDiagnosis {

    private static final int ERRORS_SHOWN = 2;
    private static final int LONGEST = 400;
    private static final String ERROR = " ERROR ";
    private static final String CAUSE = "Caused by: ";
    private static final String FRAME = "\tat ";

    private LogDiagnosis() {}

    /** The last errors with their causes on one line, empty if there are none. */
    static String lastErrors(Path log) {
        List<String> errors = errors(lines(log)).stream().distinct().toList();
        return errors.stream()
                .skip(Math.max(0, errors.size() - ERRORS_SHOWN))
                .collect(Collectors.joining("; "));
    }

    private static List<String> errors(List<String> lines) {
        var errors = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            int mark = lines.get(i).indexOf(ERROR);
            if (mark >= 0) {
                String message = lines.get(i).substring(mark + ERROR.length());
                errors.add(shorten(message + cause(lines, i + 1)));
            }
        }
        return errors;
    }

    // The innermost cause says most; without one, the exception itself.
    private static String cause(List<String> lines, int from) {
        String cause = "";
        for (int i = from; i < lines.size() && !startsEntry(lines.get(i)); i++) {
            String line = lines.get(i);
            if (line.startsWith(CAUSE)) {
                cause = " (" + line.substring(CAUSE.length()) + ")";
            } else if (i == from && !line.startsWith(FRAME)) {
                cause = " (" + line + ")";
            }
        }
        return cause;
    }

    private static boolean startsEntry(String line) {
        return !line.isEmpty() && Character.isDigit(line.charAt(0));
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
