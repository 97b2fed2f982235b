package io.kagu.cli.client;

import java.net.http.HttpResponse;

/** How long a server asks its caller to stay away. */
final class RetryAfter {

    private static final int FALLBACK_SECONDS = 1;
    private static final int MAX_SECONDS = 60;

    private RetryAfter() {}

    static int seconds(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("");
        try {
            return Math.clamp(Long.parseLong(value.strip()), 1, MAX_SECONDS);
        } catch (NumberFormatException e) {
            return FALLBACK_SECONDS;
        }
    }
}
