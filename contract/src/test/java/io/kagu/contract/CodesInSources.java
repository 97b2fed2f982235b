package io.kagu.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The codes that the services' sources make problems with: literals, what a refusal's {@code
 * code()} returns, and what a method of the same file returns.
 */
final class CodesInSources {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("common", "ingest", "status-api", "dispatcher");

    private static final Pattern PROBLEM =
            Pattern.compile("Problem\\s*\\.\\s*(?:of|field)\\(\\s*([^,()]+),\\s*([^,]+?)\\s*,");
    private static final Pattern STATUS = Pattern.compile("\\d{3}");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z_]+)\"");
    private static final Pattern CODE = Pattern.compile("\\w+\\.code\\(\\)");
    private static final Pattern METHOD = Pattern.compile("(\\w+)\\(.*");

    private final Map<String, Set<Integer>> statuses = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();

    private CodesInSources() {}

    static CodesInSources read() throws IOException {
        CodesInSources codes = new CodesInSources();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    // Its factories pass on what they are given.
                    if (!file.endsWith("Problem.java")) {
                        codes.read(file);
                    }
                }
            }
        }
        return codes;
    }

    /** By code, the statuses that are told as numbers beside it. */
    Map<String, Set<Integer>> statuses() {
        return statuses;
    }

    /** Problems whose code this cannot find out. */
    List<String> unread() {
        return unread;
    }

    private void read(Path file) throws IOException {
        String source = Files.readString(file);
        Matcher problems = PROBLEM.matcher(source);
        while (problems.find()) {
            problem(file, source, problems);
        }
        if (source.contains("String code();")) {
            literals(bodiesOf("code", source)).forEach(this::add);
        }
    }

    private void problem(Path file, String source, Matcher problem) {
        String status = problem.group(1).strip();
        String code = problem.group(2);
        Matcher literal = LITERAL.matcher(code);
        Matcher method = METHOD.matcher(code);
        if (literal.matches()) {
            add(literal.group(1));
            if (STATUS.matcher(status).matches()) {
                statuses.get(literal.group(1)).add(Integer.valueOf(status));
            }
        } else if (method.matches()) {
            literals(bodiesOf(method.group(1), source)).forEach(this::add);
        } else if (!CODE.matcher(code).matches()) {
            unread.add(file + ": " + code);
        }
    }

    private void add(String code) {
        statuses.computeIfAbsent(code, _ -> new TreeSet<>());
    }

    private static String bodiesOf(String method, String source) {
        Matcher bodies =
                Pattern.compile(
                                "String " + method + "\\([^)]*\\) \\{(.*?)\\n {4,8}}",
                                Pattern.DOTALL)
                        .matcher(source);
        StringBuilder all = new StringBuilder();
        while (bodies.find()) {
            all.append(bodies.group(1));
        }
        return all.toString();
    }

    private static List<String> literals(String source) {
        return LITERAL.matcher(source).results().map(found -> found.group(1)).toList();
    }
}
