package io.kagu.statusapi.core;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.job.Job;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a dead letter does to the one that is known of the same job. Letters may be told
 * twice, and late: after the run that they started anew was told.
 */
public final class LetterFold {

    private LetterFold() {}

    /** What is to be done. */
    public sealed interface Step {

        /** The letter becomes the known one. */
        record Store(LetterRow row) implements Step {}

        /** Nothing: what is known is newer. */
        record Keep() implements Step {}

        /** Nothing: the record is no letter that we can use. */
        record Skip(String why) implements Step {}
    }

    /**
     * What is known of a job when a letter comes.
     *
     * @param knownRun the latest run that its view tells of; 0 if there is none
     * @param maxRowBytes what a row may have
     */
    public record Known(Optional<DeadLetter> letter, int knownRun, int maxRowBytes) {}

    /**
     * The step for one letter.
     *
     * @param time the record's, which no death is after
     */
    public static Step decide(Known known, DeadLetter letter, byte[] body, Instant time) {
        if (!letter.job().map(Job::id).orElse(letter.id()).equals(letter.id())) {
            return new Step.Skip("key");
        }
        if (!LetterKeys.validFingerprint(letter.fingerprint())) {
            return new Step.Skip("fingerprint");
        }
        if (known.letter().filter(older -> !replaces(letter, older)).isPresent()
                || (letter.job().isPresent() && letter.run() < known.knownRun())) {
            return new Step.Keep();
        }
        LetterRow row = LetterRow.of(diedBy(letter, time), body);
        return row.encode().length > known.maxRowBytes()
                ? new Step.Skip("too_large")
                : new Step.Store(row);
    }

    /** A record that could not be read may bear the id of a job: it must not hide its letter. */
    private static boolean replaces(DeadLetter letter, DeadLetter known) {
        return letter.job().isPresent() ? letter.run() >= known.run() : known.job().isEmpty();
    }

    /** A producer's wrong clock must not keep its letter first in lists and past its retention. */
    private static DeadLetter diedBy(DeadLetter letter, Instant time) {
        if (!letter.diedAt().isAfter(time)) {
            return letter;
        }
        return new DeadLetter(
                letter.id(),
                letter.job(),
                letter.pool(),
                letter.reason(),
                letter.fingerprint(),
                letter.attempts(),
                letter.run(),
                letter.version(),
                letter.sequence(),
                time,
                letter.origin());
    }
}
