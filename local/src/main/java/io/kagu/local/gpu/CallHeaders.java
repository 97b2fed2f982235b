package io.kagu.local.gpu;

import io.javalin.http.Context;

import java.util.Optional;
import java.util.OptionalInt;

/** What the headers of a call say about the job behind it. */
record CallHeaders(Optional<String> jobId, OptionalInt attempt) {

    static final CallHeaders NONE = new CallHeaders(Optional.empty(), OptionalInt.empty());

    static CallHeaders of(Context ctx) {
        return new CallHeaders(
                Optional.ofNullable(ctx.header("X-Kagu-Job")),
                number(Optional.ofNullable(ctx.header("X-Kagu-Attempt"))));
    }

    private static OptionalInt number(Optional<String> header) {
        try {
            return header.isPresent()
                    ? OptionalInt.of(Integer.parseInt(header.get().strip()))
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
