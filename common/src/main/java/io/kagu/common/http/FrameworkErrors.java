package io.kagu.common.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;

/** Says the HTTP framework's own refusals in Kagu's words. */
final class FrameworkErrors {

    private static final int FIRST_FAULT_OF_OURS = 500;

    private FrameworkErrors() {}

    /** The refusal of a request that was understood. */
    static Problem problem(HttpResponseException e, Context ctx) {
        String route = ctx.method() + " " + ctx.path();
        return switch (e.getStatus()) {
            case 404 -> Problem.of(404, "no_such_route", "Not found", "There is no " + route);
            case 405 ->
                    Problem.of(
                            405,
                            "method_not_allowed",
                            "Method not allowed",
                            route + " is not offered; other methods of this path are");
            default -> problem(e.getStatus());
        };
    }

    /** The refusal of a request that may not even have been understood: nothing of it is quoted. */
    static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.of(404, "no_such_route", "Not found", "There is no such route");
            case 413 ->
                    Problem.of(
                            413,
                            "body_too_large",
                            "Body too large",
                            "The request body is over the limit of this service");
            case 414 ->
                    Problem.of(
                            414,
                            "uri_too_long",
                            "URI too long",
                            "Path and query are longer than this service reads");
            case 431 ->
                    Problem.of(
                            431,
                            "headers_too_large",
                            "Headers too large",
                            "The headers are longer than this service reads");
            case 505 ->
                    Problem.of(
                            505,
                            "http_version_not_supported",
                            "HTTP version not supported",
                            "HTTP/1.1 is spoken here");
            default -> status < FIRST_FAULT_OF_OURS ? badRequest() : bug();
        };
    }

    /** A request that is no good HTTP, or broke off. */
    static Problem badRequest() {
        return Problem.of(
                400, "bad_request", "Bad request", "The request is malformed or broke off");
    }

    /** Something failed that should not; what it was stands in the log alone. */
    static Problem bug() {
        return Problem.of(500, "internal_error", "Internal error", "The request failed here.");
    }
}
