package io.kagu.ingest.core;

import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes a job of a submission, or says which field is at fault first. */
public final class JobReader {

    private static final int MAX_ATTEMPTS = 100;
    private static final long MAX_TOKENS = 1_000_000_000L;

    private final int maxBodyBytes;

    public JobReader(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * What no submission brings along.
     *
     * @param id for a job that has none of its own
     */
    public record Fresh(String id, Instant now) {}

    /** What came of a submission. */
    public sealed interface Reading {

        /** A job with only allowed values. */
        record Read(Job job) implements Reading {}

        /** A submission that asks for what is not allowed. */
        record Refused(Refusal refusal) implements Reading {}
    }

    /** Reads a submission; the model is not looked up here. */
    public Reading read(Submission submission, Fresh fresh) {
        if (submission.body().size() == 0) {
            return new Reading.Refused(new Refusal.EmptyBody(submission.bodyField()));
        }
        if (submission.body().size() > maxBodyBytes) {
            return new Reading.Refused(
                    new Refusal.BodyTooLarge(submission.bodyField(), maxBodyBytes));
        }
        Checked checked = new Checked(submission.fields());
        Job job = checked.job(submission.body(), fresh);
        return checked.fault
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read(job));
    }

    /** Reads field by field and remembers the first fault. */
    private static final class Checked {
        private final Fields fields;
        private Optional<Refusal> fault = Optional.empty();

        Checked(Fields fields) {
            this.fields = fields;
        }

        Job job(Body body, Fresh fresh) {
            String tenant = read(Field.TENANT, FieldValues::tenant).orElse(Job.DEFAULT_TENANT);
            return new Job(
                    id(tenant, fresh),
                    model(),
                    priority(),
                    tenant,
                    read(Field.PATH, FieldValues::path).orElse(Job.DEFAULT_PATH),
                    contentType(body),
                    fresh.now(),
                    read(Field.DEADLINE, value -> FieldValues.deadline(value, fresh.now())),
                    maxAttempts(),
                    tokens(),
                    this.<URI>read(Field.CALLBACK, FieldValues::callback),
                    read(Field.AFFINITY, FieldValues::affinity));
        }

        /** The caller's own id goes before a key, which many client libraries add unasked. */
        private String id(String tenant, Fresh fresh) {
            Optional<String> own = read(Field.ID, FieldValues::id);
            Optional<String> key = read(Field.IDEMPOTENCY_KEY, FieldValues::idempotencyKey);
            return own.or(() -> key.map(given -> JobIds.ofIdempotencyKey(tenant, given)))
                    .orElse(fresh.id());
        }

        private String model() {
            Optional<String> model = read(Field.MODEL, FieldValues::model);
            if (model.isEmpty()) {
                fail(invalid(Field.MODEL));
            }
            return model.orElse("");
        }

        private Priority priority() {
            Optional<String> word = fields.value(Field.PRIORITY);
            Optional<Priority> priority = word.flatMap(Priority::parse);
            if (word.isPresent() && priority.isEmpty()) {
                fail(new Refusal.UnknownPriority(fields.nameOf(Field.PRIORITY)));
            }
            return priority.orElse(Priority.NORMAL);
        }

        private String contentType(Body body) {
            return read(Field.CONTENT_TYPE, FieldValues::mediaType)
                    .map(type -> MediaTypes.meant(type, body))
                    .orElse(Job.DEFAULT_CONTENT_TYPE);
        }

        private OptionalInt maxAttempts() {
            return read(Field.MAX_ATTEMPTS, v -> FieldValues.wholeNumber(v, 1, MAX_ATTEMPTS))
                    .map(count -> OptionalInt.of(count.intValue()))
                    .orElse(OptionalInt.empty());
        }

        private OptionalLong tokens() {
            return read(Field.TOKENS, v -> FieldValues.wholeNumber(v, 0, MAX_TOKENS))
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        }

        private <T> Optional<T> read(Field field, Function<String, Optional<T>> parse) {
            Optional<String> given = fields.value(field);
            Optional<T> value = given.flatMap(parse);
            if (given.isPresent() && value.isEmpty()) {
                fail(invalid(field));
            }
            return value;
        }

        private Refusal invalid(Field field) {
            return new Refusal.InvalidField(fields.nameOf(field), field.allowed());
        }

        private void fail(Refusal refusal) {
            fault = fault.or(() -> Optional.of(refusal));
        }
    }
}
