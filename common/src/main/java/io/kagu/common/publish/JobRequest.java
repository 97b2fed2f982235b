package io.kagu.common.publish;

import io.kagu.common.codec.Paths;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a producer asks for.
 *
 * @param model the model or an alias of it
 * @param body what the GPU will get, byte for byte
 * @param id empty for a new id; the same id again never runs twice
 * @param tenant who submits
 * @param path the path of the GPU server that is called
 * @param contentType media type of the body
 * @param deadline after which no GPU takes the job any more
 * @param maxAttempts how many attempts may fail
 * @param tokens estimate of all tokens, prompt and answer
 * @param affinity jobs with equal keys prefer the same GPU
 */
public record JobRequest(
        String model,
        Priority priority,
        Body body,
        Optional<String> id,
        String tenant,
        String path,
        String contentType,
        Optional<Instant> deadline,
        OptionalInt maxAttempts,
        OptionalLong tokens,
        Optional<String> affinity) {

    public JobRequest {
        require(!model.isBlank(), "model must not be blank");
        require(id.map(JobIds::valid).orElse(true), "id must match " + JobIds.PATTERN);
        require(!tenant.isBlank(), "tenant must not be blank");
        require(Paths.valid(path), "path must match " + Paths.PATTERN);
        require(!contentType.isBlank(), "content type must not be blank");
        require(maxAttempts.orElse(1) >= 1, "max attempts must be at least 1");
        require(tokens.orElse(0) >= 0, "tokens must not be negative");
    }

    /** Begins a request with everything else at its default. */
    public static Builder of(String model, Body body) {
        return new Builder(model, body);
    }

    Job toJob(Instant now) {
        return new Job(
                id.orElseGet(JobIds::next),
                model,
                priority,
                tenant,
                path,
                contentType,
                now,
                deadline,
                maxAttempts,
                tokens,
                Optional.empty(),
                affinity);
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Collects the optional parts of a request. */
    public static final class Builder {

        private final String model;
        private final Body body;
        private Priority priority = Priority.NORMAL;
        private Optional<String> id = Optional.empty();
        private String tenant = Job.DEFAULT_TENANT;
        private String path = Job.DEFAULT_PATH;
        private String contentType = Job.DEFAULT_CONTENT_TYPE;
        private Optional<Instant> deadline = Optional.empty();
        private OptionalInt maxAttempts = OptionalInt.empty();
        private OptionalLong tokens = OptionalLong.empty();
        private Optional<String> affinity = Optional.empty();

        private Builder(String model, Body body) {
            this.model = model;
            this.body = body;
        }

        public Builder priority(Priority value) {
            priority = value;
            return this;
        }

        public Builder id(String value) {
            id = Optional.of(value);
            return this;
        }

        public Builder tenant(String value) {
            tenant = value;
            return this;
        }

        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder contentType(String value) {
            contentType = value;
            return this;
        }

        public Builder deadline(Instant value) {
            deadline = Optional.of(value);
            return this;
        }

        public Builder maxAttempts(int value) {
            maxAttempts = OptionalInt.of(value);
            return this;
        }

        public Builder tokens(long value) {
            tokens = OptionalLong.of(value);
            return this;
        }

        public Builder affinity(String value) {
            affinity = Optional.of(value);
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException naming what is not allowed
         */
        public JobRequest build() {
            return new JobRequest(
                    model,
                    priority,
                    body,
                    id,
                    tenant,
                    path,
                    contentType,
                    deadline,
                    maxAttempts,
                    tokens,
                    affinity);
        }
    }
}
