package io.kagu.cli.core;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a dead letter that people want to see.
 *
 * @param attempts the last ones of all runs; only told of a letter by itself
 */
public record LetterFacts(
        String id,
        Optional<String> pool,
        Optional<String> model,
        Optional<String> priority,
        Optional<String> tenant,
        @JsonProperty("class") String deathClass,
        String code,
        String reason,
        String fingerprint,
        String diedAt,
        int attemptCount,
        int run,
        OptionalLong sequence,
        long bodyBytes,
        Optional<String> origin,
        List<Attempt> attempts) {

    public LetterFacts {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** One call of the job. */
    public record Attempt(
            int number,
            String gpu,
            String startedAt,
            Optional<String> ending,
            Optional<String> error) {}

    /** Letters of one cause. */
    public record Group(
            String fingerprint,
            @JsonProperty("class") String deathClass,
            String code,
            String sampleReason,
            long count,
            String newestAt) {}

    /** A page of a list. */
    public record Page(
            List<LetterFacts> deadLetters, List<Group> groups, Optional<String> nextCursor) {

        public Page {
            deadLetters = List.copyOf(deadLetters);
            groups = List.copyOf(groups);
        }
    }

    /** What a requeue would do. */
    public record DryRun(long count, boolean more, List<Group> groups) {

        public DryRun {
            groups = List.copyOf(groups);
        }
    }
}
