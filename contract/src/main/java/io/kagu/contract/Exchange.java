package io.kagu.contract;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request and what was answered to it.
 *
 * @param target path and query, as they were sent
 * @param body of the answer; of a stream what came so far
 */
public record Exchange(String method, String target, int status, HttpHeaders headers, Body body) {

    private static final int SHOWN = 600;

    /** The bytes of an answer. */
    public static final class Body {

        private final byte[] bytes;

        /** These bytes, which nobody changes any more. */
        public Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        boolean isEmpty() {
            return bytes.length == 0;
        }

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** The media type without its parameters; empty if there is none. */
    Optional<String> mediaType() {
        return header("Content-Type").map(MediaTypes::bare);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    @Override
    public String toString() {
        String text = body.text();
        return "%s %.200s answered %d %s%n%s"
                .formatted(
                        method,
                        target,
                        status,
                        header("Content-Type").orElse(""),
                        text.substring(0, Math.min(SHOWN, text.length())));
    }
}
