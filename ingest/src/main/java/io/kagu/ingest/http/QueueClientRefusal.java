package io.kagu.ingest.http;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.kagu.common.http.Problem;
import io.kagu.ingest.core.Refusal;

import java.util.OptionalInt;

/**
 * A refusal that passes, in the words of queue clients.
 *
 * @param error for people
 * @param code the stable word for it
 * @param queueDepth jobs that wait in the pool; null where it was not looked at
 * @param retryAfter seconds
 * @param threshold of a full pool: how many it holds
 */
record QueueClientRefusal(
        String error,
        String code,
        @JsonInclude(JsonInclude.Include.ALWAYS) OptionalInt queueDepth,
        int retryAfter,
        OptionalInt threshold) {

    private static final int RETRY_UNKNOWN = 30;

    static QueueClientRefusal of(Refusal refusal, Problem problem) {
        return new QueueClientRefusal(
                problem.detail(),
                problem.code(),
                switch (refusal) {
                    case Refusal.Overloaded overloaded -> OptionalInt.of(overloaded.waiting());
                    case Refusal.QueueFull full -> OptionalInt.of(full.waiting());
                    default -> OptionalInt.empty();
                },
                problem.retryAfterSeconds().orElse(RETRY_UNKNOWN),
                refusal instanceof Refusal.QueueFull full
                        ? OptionalInt.of(full.capacity())
                        : OptionalInt.empty());
    }
}
