package io.kagu.common.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;

/** Says the HTTP framework's own refusals in Kagu's words. */
final class FrameworkErrors {

    private FrameworkErrors() {}

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
            case 413 ->
                    Problem.of(
                            413,
                            "body_too_large",
                            "Body too large",
                            "The request body is over the limit of this service");
            default ->
                    Problem.of(
                            e.getStatus(), "bad_request", "Bad request", "The request is refused");
        };
    }
}
