package io.kagu.cli.core;

import com.fasterxml.jackson.databind.JsonNode;

import io.kagu.common.codec.Paths;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What each field of a line may hold; notes every fault and goes on, so that all are told. */
final class FieldRules {

    private static final int MAX_ID_LENGTH = 512;
    private static final int MAX_TEXT_LENGTH = 256;
    private static final int MAX_MODEL_LENGTH = 200;
    private static final int MAX_TENANT_LENGTH = 128;
    private static final int MAX_URL_LENGTH = 2048;
    private static final long MAX_TOKENS = 1_000_000_000;
    private static final int MAX_ATTEMPTS = 100;

    private final LineFields fields;
    private final List<String> faults;

    FieldRules(LineFields fields, List<String> faults) {
        this.fields = fields;
        this.faults = faults;
    }

    /** The line's name for its job: {@code custom_id} or {@code id}; a number is taken as text. */
    Optional<String> customId() {
        Optional<String> custom = id("custom_id");
        Optional<String> id = id("id");
        if (custom.isPresent() && id.isPresent() && !custom.equals(id)) {
            faults.add("\"id\" and \"custom_id\" differ: give one of them");
        }
        return custom.or(() -> id);
    }

    private Optional<String> id(String name) {
        Optional<JsonNode> value = fields.value(name);
        if (value.isPresent() && value.get().isIntegralNumber()) {
            return Optional.of(value.get().asText());
        }
        return text(name, MAX_ID_LENGTH);
    }

    Optional<String> model() {
        return word("model", MAX_MODEL_LENGTH);
    }

    Priority priority() {
        Optional<String> word = text("priority", MAX_TEXT_LENGTH);
        Optional<Priority> priority = word.flatMap(Priority::parse);
        if (word.isPresent() && priority.isEmpty()) {
            faults.add(
                    "unknown priority \"%s\": allowed are %s"
                            .formatted(word.get(), Priority.allowed()));
        }
        return priority.orElse(Priority.NORMAL);
    }

    JobOptions options() {
        checkMethod();
        return new JobOptions(
                path(),
                word("tenant", MAX_TENANT_LENGTH),
                deadline(),
                maxAttempts(),
                tokens(),
                callback(),
                word("affinity", MAX_TEXT_LENGTH));
    }

    private void checkMethod() {
        Optional<String> method = text("method", MAX_TEXT_LENGTH);
        if (method.isPresent() && !method.get().equalsIgnoreCase("POST")) {
            faults.add("method \"" + method.get() + "\": only POST is allowed");
        }
    }

    private String path() {
        Optional<String> path =
                text("path", MAX_TEXT_LENGTH).or(() -> text("url", MAX_TEXT_LENGTH));
        if (path.isPresent() && !Paths.valid(path.get())) {
            faults.add(
                    "path \"%s\": must be a path such as %s, without host or query"
                            .formatted(path.get(), Job.DEFAULT_PATH));
        }
        return path.orElse(Job.DEFAULT_PATH);
    }

    private Optional<Instant> deadline() {
        Optional<String> text = text("deadline", MAX_TEXT_LENGTH);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException e) {
            faults.add(
                    "deadline \"%s\": must be a time such as 2030-01-31T12:00:00Z"
                            .formatted(text.orElseThrow()));
            return Optional.empty();
        }
    }

    private OptionalInt maxAttempts() {
        OptionalLong count = number("max_attempts", 1, MAX_ATTEMPTS);
        return count.isPresent() ? OptionalInt.of((int) count.getAsLong()) : OptionalInt.empty();
    }

    private OptionalLong tokens() {
        return number("tokens", 0, MAX_TOKENS);
    }

    private Optional<URI> callback() {
        Optional<String> text = word("callback", MAX_URL_LENGTH);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<URI> uri = httpUri(text.get());
        if (uri.isEmpty()) {
            faults.add("callback: must be an http or https URL");
        }
        return uri;
    }

    private static Optional<URI> httpUri(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme());
            return Optional.of(uri)
                    .filter(it -> it.getHost() != null && scheme.matches("(?i)https?"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private OptionalLong number(String name, long min, long max) {
        Optional<JsonNode> value = fields.value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode node = value.get();
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            long number = node.longValue();
            if (number >= min && number <= max) {
                return OptionalLong.of(number);
            }
        }
        faults.add("%s: must be a whole number from %d to %d".formatted(name, min, max));
        return OptionalLong.empty();
    }

    /** A text that travels in an HTTP header. */
    private Optional<String> word(String name, int maxLength) {
        Optional<String> text = text(name, maxLength);
        if (text.isPresent() && text.get().chars().anyMatch(c -> c > '~')) {
            faults.add(name + ": must be ASCII");
        }
        return text;
    }

    private Optional<String> text(String name, int maxLength) {
        Optional<JsonNode> value = fields.value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        String text = value.get().isTextual() ? value.get().textValue() : "";
        if (text.isBlank() || text.length() > maxLength || text.chars().anyMatch(c -> c < ' ')) {
            faults.add(
                    "%s: must be a text of 1 to %d characters, without line breaks"
                            .formatted(name, maxLength));
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
