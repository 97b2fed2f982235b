package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.Json;
import io.kagu.common.job.AttemptView;
import io.kagu.common.job.DeathClass;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What lists tell of a dead letter; kept in the store's indexes as it is told.
 *
 * @param pool empty, as model, priority and tenant, if the record could not be read
 * @param code of the reason; stable and machine-readable
 * @param reason for people
 * @param attemptCount attempts of all runs
 * @param run the job's life that ended
 * @param sequence the job's place in its pool's order of intake
 * @param origin of a record that could not be read: topic, partition and offset
 */
public record LetterHead(
        String id,
        Optional<String> pool,
        Optional<String> model,
        Optional<Priority> priority,
        Optional<String> tenant,
        @JsonProperty("class") DeathClass deathClass,
        String code,
        String reason,
        String fingerprint,
        Instant diedAt,
        int attemptCount,
        int run,
        OptionalLong sequence,
        int bodyBytes,
        Optional<String> origin) {

    /** The head of a letter with a body of this size. */
    static LetterHead of(DeadLetter letter, int bodyBytes) {
        Optional<Job> job = letter.job();
        return new LetterHead(
                letter.id(),
                letter.pool(),
                job.map(Job::model),
                job.map(Job::priority),
                job.map(Job::tenant),
                letter.deathClass(),
                letter.reason().code(),
                letter.reason().message(),
                letter.fingerprint(),
                letter.diedAt(),
                letter.attempts().stream().mapToInt(AttemptView::number).max().orElse(0),
                letter.run(),
                letter.sequence(),
                bodyBytes,
                letter.origin());
    }

    /** A head as it stands in an index. */
    public static LetterHead decode(byte[] json) {
        return Json.read(json, LetterHead.class);
    }

    /** This head for an index. */
    public byte[] encode() {
        return Json.write(this);
    }

    /** Where the letter stands among all. */
    public ListPlace place() {
        return new ListPlace(diedAt.toEpochMilli(), id);
    }

    /** Whether there is a job that can be queued again. */
    @JsonIgnore
    public boolean isOfJob() {
        return pool.isPresent();
    }
}
