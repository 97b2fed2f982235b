package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Tells from a GPU server's response how the call ended. Pure: time is an argument. */
final class OutcomeClassifier {

    /** Media type of responses that name none. */
    static final String OCTETS = "application/octet-stream";

    /** Code of a job that the GPU server refused. */
    static final String REJECTED = "rejected";

    /** Code of a job whose response is over the limit. */
    static final String RESPONSE_TOO_LARGE = "response_too_large";

    private static final int MAX_CONTENT_TYPE = 256;

    private final int maxResponseBytes;
    private final Duration maxRetryAfter;

    OutcomeClassifier(ExecutorConfig config) {
        this.maxResponseBytes = config.maxResponseBytes();
        this.maxRetryAfter = config.maxRetryAfter();
    }

    /** Whether an HTTP status means success. */
    static boolean success(int status) {
        return status / 100 == 2;
    }

    /**
     * The outcome of a response.
     *
     * @param now epoch milliseconds
     */
    Outcome classify(int status, HttpHeaders headers, ResponseBody body, long now) {
        if (success(status)) {
            return success(status, headers, body);
        }
        if (status == 429 || status == 503) {
            return new Outcome.Overloaded(retryAfter(headers, now), "HTTP " + status);
        }
        if (status / 100 == 4) {
            return new Outcome.Rejected(REJECTED, OptionalInt.of(status), reason(status, body));
        }
        return new Outcome.Fault("HTTP " + status);
    }

    private Outcome success(int status, HttpHeaders headers, ResponseBody body) {
        if (!body.whole()) {
            return new Outcome.Rejected(
                    RESPONSE_TOO_LARGE,
                    OptionalInt.of(status),
                    "the response is larger than " + maxResponseBytes + " bytes");
        }
        String contentType =
                headers.firstValue("Content-Type")
                        .filter(type -> !type.isBlank() && type.length() <= MAX_CONTENT_TYPE)
                        .orElse(OCTETS);
        return JsonBytes.isMediaType(contentType) && !JsonBytes.wellFormed(body.bytes())
                ? new Outcome.Fault("HTTP " + status + " with broken JSON")
                : new Outcome.Completed(status, contentType);
    }

    private OptionalLong retryAfter(HttpHeaders headers, long now) {
        return headers.firstValue("Retry-After")
                .map(value -> RetryAfter.millis(value, now, maxRetryAfter))
                .orElse(OptionalLong.empty());
    }

    private static String reason(int status, ResponseBody body) {
        return ErrorMessage.of(body.bytes())
                .map(message -> "HTTP " + status + ": " + message)
                .orElse("HTTP " + status);
    }
}
