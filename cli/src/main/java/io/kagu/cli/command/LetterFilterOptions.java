package io.kagu.cli.command;

import picocli.CommandLine.Option;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which dead letters are meant; the server knows what each option may be. */
final class LetterFilterOptions {

    @Option(
            names = "--class",
            paramLabel = "C",
            description =
                    "rejected, exhausted, poison, lost, overflow, unserved, bad_record or other")
    private Optional<String> deathClass = Optional.empty();

    @Option(names = "--code", paramLabel = "CODE", description = "the reason's code")
    private Optional<String> code = Optional.empty();

    @Option(names = "--fingerprint", paramLabel = "F", description = "of one cause")
    private Optional<String> fingerprint = Optional.empty();

    @Option(names = "--pool", paramLabel = "POOL", description = "of a pool")
    private Optional<String> pool = Optional.empty();

    @Option(names = "--model", paramLabel = "M", description = "of a model")
    private Optional<String> model = Optional.empty();

    @Option(names = "--tenant", paramLabel = "T", description = "of a tenant")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--priority", paramLabel = "P", description = "high, normal or low")
    private Optional<String> priority = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "deaths at this time or later, such as 2026-03-01T12:00:00Z")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "deaths before this time")
    private Optional<String> until = Optional.empty();

    /** The options that are given, by the names of the server's fields. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        deathClass.ifPresent(it -> fields.put("class", it));
        code.ifPresent(it -> fields.put("code", it));
        fingerprint.ifPresent(it -> fields.put("fingerprint", it));
        pool.ifPresent(it -> fields.put("pool", it));
        model.ifPresent(it -> fields.put("model", it));
        tenant.ifPresent(it -> fields.put("tenant", it));
        priority.ifPresent(it -> fields.put("priority", it));
        since.ifPresent(it -> fields.put("since", it));
        until.ifPresent(it -> fields.put("until", it));
        return fields;
    }

    /** Fields as the query of a URL. */
    static String query(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + encoded(field.getValue().toString()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
