package io.kagu.statusapi.web;

import io.javalin.http.Context;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which headers pass between a caller and another replica: those that our own answers depend on or
 * have. So neither credentials nor cookies nor what belongs to one connection ever pass.
 */
final class ForwardedHeaders {

    private static final List<String> ASKED = List.of("If-None-Match", "Last-Event-ID");

    private static final Set<String> ANSWERED =
            Set.of(
                    "Cache-Control",
                    "Content-Disposition",
                    "Content-Security-Policy",
                    "ETag",
                    "Retry-After",
                    "X-Content-Type-Options",
                    "X-Kagu-As-Of",
                    "X-Kagu-Attempt",
                    "X-Kagu-Gpu",
                    "X-Kagu-Stale",
                    "X-Queue-Depth",
                    "X-Queue-ETA-S",
                    "X-Queue-Position",
                    "X-Queue-Status",
                    "X-Should-Retry");

    private ForwardedHeaders() {}

    /** What the other replica is told of the caller's. */
    static Map<String, String> of(Context ctx) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : ASKED) {
            String value = ctx.header(name);
            if (value != null && printable(value)) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static boolean printable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** Gives the caller what the other replica said. */
    static void answer(Context ctx, HttpResponse<byte[]> response) {
        // The framework would add its own charset to the other's content type.
        ctx.res().setCharacterEncoding((String) null);
        ANSWERED.forEach(name ->
                response.headers().firstValue(name).ifPresent(value -> ctx.header(name, value)));
        ctx.status(response.statusCode());
        response.headers().firstValue("Content-Type").ifPresent(ctx::contentType);
        ctx.result(response.body());
    }
}
