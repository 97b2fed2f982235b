package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.job.DeathClass;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which dead letters are meant: those that all given fields agree with.
 *
 * @param since deaths at this time or later
 * @param until deaths before this time
 */
public record LetterFilter(
        @JsonProperty("class") Optional<DeathClass> deathClass,
        Optional<String> code,
        Optional<String> fingerprint,
        Optional<String> pool,
        Optional<String> model,
        Optional<String> tenant,
        Optional<Priority> priority,
        Optional<Instant> since,
        Optional<Instant> until) {

    /** The names of all fields, as callers write them. */
    static final List<String> FIELDS =
            List.of(
                    "class",
                    "code",
                    "fingerprint",
                    "pool",
                    "model",
                    "tenant",
                    "priority",
                    "since",
                    "until");

    /**
     * The filter in some fields, of which others than {@link #FIELDS} are left alone.
     *
     * @throws FieldException naming the field and what is allowed
     */
    static LetterFilter read(Map<String, String> fields) {
        return new Reader(fields).filter();
    }

    /** Whether a letter is meant. */
    public boolean matches(LetterHead head) {
        return agrees(deathClass, Optional.of(head.deathClass()))
                && agrees(code, Optional.of(head.code()))
                && agrees(fingerprint, Optional.of(head.fingerprint()))
                && agrees(pool, head.pool())
                && agrees(model, head.model())
                && agrees(tenant, head.tenant())
                && agrees(priority, head.priority())
                && since.filter(head.diedAt()::isBefore).isEmpty()
                && until.filter(end -> !head.diedAt().isBefore(end)).isEmpty();
    }

    /** Whether a group has letters that may be meant; it knows neither pools nor times. */
    public boolean matches(LetterGroup group) {
        return agrees(deathClass, Optional.of(group.deathClass()))
                && agrees(code, Optional.of(group.code()))
                && agrees(fingerprint, Optional.of(group.fingerprint()));
    }

    /** Before every letter that is meant. */
    public ListPlace first() {
        return since.map(time -> new ListPlace(time.toEpochMilli(), "")).orElse(ListPlace.FIRST);
    }

    /** After every letter that is meant; places count in whole milliseconds. */
    public ListPlace last() {
        return until.map(time -> new ListPlace(time.toEpochMilli() + 1, "")).orElse(ListPlace.LAST);
    }

    private static <T> boolean agrees(Optional<T> wanted, Optional<T> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    /** Reads the fields one by one. */
    private record Reader(Map<String, String> fields) {

        LetterFilter filter() {
            return new LetterFilter(
                    field("class", Reader::deathClass),
                    Fields.text(fields, "code"),
                    field("fingerprint", Reader::fingerprint),
                    Fields.text(fields, "pool"),
                    Fields.text(fields, "model"),
                    Fields.text(fields, "tenant"),
                    Fields.priority(fields),
                    Fields.time(fields, "since"),
                    Fields.time(fields, "until"));
        }

        private <T> Optional<T> field(String name, Function<String, T> reader) {
            return Optional.ofNullable(fields.get(name)).map(reader);
        }

        private static DeathClass deathClass(String word) {
            return DeathClass.ofWord(word)
                    .orElseThrow(() -> new FieldException("class", "one of " + classes()));
        }

        private static String classes() {
            return Arrays.stream(DeathClass.values())
                    .map(DeathClass::word)
                    .collect(Collectors.joining(", "));
        }

        private static String fingerprint(String text) {
            if (!LetterKeys.validFingerprint(text)) {
                throw new FieldException("fingerprint", "a text of " + LetterKeys.FINGERPRINT);
            }
            return text;
        }
    }
}
