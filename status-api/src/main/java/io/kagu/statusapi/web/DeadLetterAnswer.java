package io.kagu.statusapi.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.Job;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterRow;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A dead letter as {@code GET /v1/dlq/{id}} tells it: the head, how the job was submitted, and the
 * last attempts of all runs, oldest first.
 */
record DeadLetterAnswer(
        @JsonUnwrapped LetterHead head,
        Optional<String> path,
        Optional<String> contentType,
        Optional<Instant> submittedAt,
        Optional<Instant> deadline,
        OptionalInt maxAttempts,
        OptionalLong tokens,
        Optional<String> affinity,
        List<AttemptView> attempts,
        Map<String, String> links) {

    static DeadLetterAnswer of(LetterRow row) {
        DeadLetter letter = row.letter();
        Optional<Job> job = letter.job();
        return new DeadLetterAnswer(
                row.head(),
                job.map(Job::path),
                job.map(Job::contentType),
                job.map(Job::submittedAt),
                job.flatMap(Job::deadline),
                job.map(Job::maxAttempts).orElse(OptionalInt.empty()),
                job.map(Job::tokens).orElse(OptionalLong.empty()),
                job.flatMap(Job::affinity),
                letter.attempts(),
                links(letter));
    }

    private static Map<String, String> links(DeadLetter letter) {
        String self = "/v1/dlq/" + letter.id();
        Map<String, String> links = new TreeMap<>();
        links.put("self", self);
        links.put("body", self + "/body");
        links.put("discard", self);
        if (letter.job().isPresent()) {
            links.put("job", "/v1/jobs/" + letter.id());
            links.put("requeue", self + "/requeue");
        }
        return links;
    }
}
