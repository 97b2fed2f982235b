package io.kagu.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The child's half of a {@link Child}: answers until the parent closes or is gone. */
public final class ChildLoop {

    /** Ends an answer. */
    static final String END = ".";

    /** Begins the one line of a failure. */
    static final String FAILED = "! ";

    private ChildLoop() {}

    /** Answers one question, given as words. */
    @FunctionalInterface
    public interface Answering {
        List<String> answer(List<String> words) throws Exception;
    }

    /** Answers until the input ends. What others print goes to standard error from now on. */
    public static void run(Answering answering) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.print(answer(answering, List.of(line.split(" ", -1))));
            out.flush();
        }
    }

    private static String answer(Answering answering, List<String> words) {
        StringBuilder text = new StringBuilder();
        try {
            answering.answer(words).forEach(line -> text.append(line).append('\n'));
            return text.append(END).append('\n').toString();
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED + e.toString().replaceAll("\\R", " ") + '\n';
        }
    }
}
