package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.statusapi.core.Pending;

/** Says in headers where a job stands; a header whose value is not known is left out. */
public final class PendingHeaders {

    private PendingHeaders() {}

    /** Adds them, and that client libraries must not repeat the request by themselves. */
    public static void add(Context ctx, Pending pending) {
        ctx.header("X-Should-Retry", "false")
                .header("Retry-After", Integer.toString(pending.retryAfterSeconds()))
                .header("X-Queue-Status", pending.status());
        pending.queuePosition()
                .ifPresent(place -> ctx.header("X-Queue-Position", Long.toString(place)));
        pending.queueDepth().ifPresent(depth -> ctx.header("X-Queue-Depth", Long.toString(depth)));
        pending.estimatedWaitSeconds()
                .ifPresent(wait -> ctx.header("X-Queue-ETA-S", Double.toString(wait)));
    }
}
