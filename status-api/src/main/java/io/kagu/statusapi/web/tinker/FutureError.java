package io.kagu.statusapi.web.tinker;

import io.kagu.common.http.Problem;

/**
 * A refusal in the shape that Tinker clients read.
 *
 * @param error the stable word for it
 * @param message for people
 */
record FutureError(String error, String message, String category) {

    /** The request can never be answered. */
    static FutureError ofUser(String error, String message) {
        return new FutureError(error, message, "user");
    }

    /** The request may be answered later. */
    static FutureError of(Problem problem) {
        return new FutureError(problem.code(), problem.detail(), "server");
    }
}
