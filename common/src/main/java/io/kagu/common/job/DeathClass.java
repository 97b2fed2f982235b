package io.kagu.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of death a dead letter tells of; the reason's code says it in more detail. */
public enum DeathClass {
    /** The record could not be read; it never became a job. */
    BAD_RECORD,
    /** The GPU server refused the job for what it is. */
    REJECTED,
    /** Its attempts are used up. */
    EXHAUSTED,
    /** Its calls failed on several GPUs that serve others well. */
    POISON,
    /** Its calls were lost with their executors, again and again. */
    LOST,
    /** Its pool held as many jobs as it may. */
    OVERFLOW,
    /** No GPU of its pool serves its model. */
    UNSERVED,
    /** None that this version knows. */
    OTHER;

    /** The class of deaths with this reason. */
    public static DeathClass ofCode(String code) {
        return switch (code) {
            case "bad_record" -> BAD_RECORD;
            case "rejected", "response_too_large" -> REJECTED;
            case "attempts_exhausted" -> EXHAUSTED;
            case "poison" -> POISON;
            case "lost_too_often" -> LOST;
            case "overflow" -> OVERFLOW;
            case "unknown_model" -> UNSERVED;
            default -> OTHER;
        };
    }

    /** The class with this word, as it is used in JSON, headers and queries. */
    public static Optional<DeathClass> ofWord(String word) {
        return Arrays.stream(values()).filter(known -> known.word().equals(word)).findFirst();
    }

    @JsonCreator
    static DeathClass read(String word) {
        return ofWord(word).orElse(OTHER);
    }

    /** The word used in JSON, headers and queries. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
