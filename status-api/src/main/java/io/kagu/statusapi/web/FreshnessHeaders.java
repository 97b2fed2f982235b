package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.statusapi.core.Freshness;

/** Says in headers of which time an answer tells, where its body is not ours. */
public final class FreshnessHeaders {

    private FreshnessHeaders() {}

    /** Adds them. */
    public static void add(Context ctx, Freshness freshness) {
        ctx.header("X-Kagu-As-Of", freshness.asOf().toString())
                .header("X-Kagu-Stale", Boolean.toString(freshness.stale()));
    }
}
