package io.kagu.ingest.tinker;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.ingest.core.Refusal;
import io.kagu.ingest.http.Refusals;

import java.util.Map;

/**
 * A refusal in the shape that Tinker clients read.
 *
 * <p>They try again on 408, 409 and 5xx for minutes, on 429 for ever, on anything else not at all.
 *
 * @param error the stable word for it
 * @param message for people
 * @param category {@code user} if the request can never be taken, else {@code server}
 * @param retryAfter seconds until a repeat may help; 0 where none does
 */
record TinkerError(
        @JsonIgnore int status,
        String error,
        String message,
        String category,
        Map<String, Object> details,
        @JsonIgnore int retryAfter) {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** A refusal of what came with no word on backpressure. */
    static TinkerError of(Refusal refusal) {
        Problem problem = Refusals.problem(refusal);
        return new TinkerError(
                problem.status(),
                problem.code(),
                problem.detail(),
                problem.status() >= UNAVAILABLE ? "server" : "user",
                problem.more(),
                problem.retryAfterSeconds().orElse(0));
    }

    /** The same refusal to a caller that slows down when there is too much. */
    static TinkerError underBackpressure(Refusal refusal) {
        TinkerError error = of(refusal);
        return switch (refusal) {
            case Refusal.Overloaded _, Refusal.QueueFull _ -> error.withStatus(TOO_MANY);
            default -> error;
        };
    }

    private TinkerError withStatus(int other) {
        return new TinkerError(other, error, message, category, details, retryAfter);
    }

    void answer(Context ctx) {
        if (retryAfter > 0) {
            ctx.header("Retry-After", Integer.toString(retryAfter));
        }
        HttpServer.json(ctx, status, this);
    }
}
