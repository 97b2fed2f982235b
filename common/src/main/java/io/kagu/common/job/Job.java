package io.kagu.common.job;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A user's request as the queue knows it: everything but the body, which the queue never parses.
 *
 * @param id the job's id, see {@link JobIds}
 * @param model the model or alias that was asked for
 * @param tenant who submitted
 * @param path the path of the GPU server that is called, such as {@code /v1/chat/completions}
 * @param contentType media type of the body
 * @param submittedAt when the producer made the job, by the producer's clock
 * @param deadline after which no GPU takes the job any more; empty leaves it to the pool's default
 * @param maxAttempts how many attempts may fail; empty leaves it to the pool's default
 * @param tokens the caller's estimate of all tokens, prompt and answer
 * @param callback where the caller wants to be told of the end
 * @param affinity jobs with equal keys prefer the same GPU
 */
public record Job(
        String id,
        String model,
        Priority priority,
        String tenant,
        String path,
        String contentType,
        Instant submittedAt,
        Optional<Instant> deadline,
        OptionalInt maxAttempts,
        OptionalLong tokens,
        Optional<URI> callback,
        Optional<String> affinity) {

    /** Tenant of jobs that name none. */
    public static final String DEFAULT_TENANT = "default";

    /** Path of jobs that name none. */
    public static final String DEFAULT_PATH = "/v1/chat/completions";

    /** Media type of jobs that name none. */
    public static final String DEFAULT_CONTENT_TYPE = "application/json";

    /** A job with every optional setting at its default. */
    public static Job of(String id, String model, Priority priority, Instant submittedAt) {
        return new Job(
                id,
                model,
                priority,
                DEFAULT_TENANT,
                DEFAULT_PATH,
                DEFAULT_CONTENT_TYPE,
                submittedAt,
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
