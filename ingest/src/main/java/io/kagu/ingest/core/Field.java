package io.kagu.ingest.core;

import io.kagu.common.codec.Paths;
import io.kagu.common.job.JobIds;
import io.kagu.common.job.Priority;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a caller can say of a job, as a header or as a member of the envelope. */
public enum Field {
    /** The caller's own id; the same id again is the same job. */
    ID("X-Kagu-Id", "id", "text matching " + JobIds.PATTERN),
    /** The model or alias asked for. */
    MODEL("X-Kagu-Model", "model", "the name or an alias of a registered model"),
    PRIORITY("X-Kagu-Priority", "priority", "one of " + Priority.allowed()),
    TENANT("X-Kagu-Tenant", "tenant", "1 to 128 ASCII characters without blanks"),
    /** The path of the GPU server that is called. */
    PATH("X-Kagu-Path", "path", "at most 256 characters matching " + Paths.PATTERN),
    DEADLINE(
            "X-Kagu-Deadline",
            "deadline",
            "an RFC 3339 time, or a number of seconds from now above 0, at most a year ahead"),
    MAX_ATTEMPTS("X-Kagu-Max-Attempts", "max_attempts", "a whole number from 1 to 100"),
    /** The caller's estimate of prompt and answer together. */
    TOKENS("X-Kagu-Tokens", "tokens", "a whole number from 0 to 1000000000"),
    CALLBACK(
            "X-Kagu-Callback",
            "callback",
            "an http or https URL without credentials, at most 2048 characters"),
    /** Jobs with equal keys prefer the same GPU. */
    AFFINITY("X-Kagu-Affinity", "affinity", "1 to 256 characters, none of them a control one"),
    /** Media type of the body that the GPU gets. */
    CONTENT_TYPE("Content-Type", "content_type", "a media type such as application/json"),
    /** The job's id is made from tenant and key, so that a repeat is the same job. */
    IDEMPOTENCY_KEY(
            "Idempotency-Key", "idempotency_key", "1 to 256 ASCII characters, not all blank");

    /** What all headers of Kagu's own begin with. */
    static final String HEADER_PREFIX = "X-Kagu-";

    private final String header;
    private final String member;
    private final String allowed;

    Field(String header, String member, String allowed) {
        this.header = header;
        this.member = member;
        this.allowed = allowed;
    }

    /** Its name as an HTTP header. */
    public String header() {
        return header;
    }

    /** Its name in the JSON envelope. */
    public String member() {
        return member;
    }

    /** Which values are allowed, completing "must be". */
    public String allowed() {
        return allowed;
    }

    static Optional<Field> ofHeader(String name) {
        return Arrays.stream(values()).filter(f -> f.header.equalsIgnoreCase(name)).findFirst();
    }

    static Optional<Field> ofMember(String name) {
        return Arrays.stream(values()).filter(f -> f.member.equals(name)).findFirst();
    }

    static List<String> ownHeaders() {
        return Arrays.stream(values())
                .map(Field::header)
                .filter(name -> name.startsWith(HEADER_PREFIX))
                .toList();
    }
}
