package io.kagu.statusapi.stream;

import io.kagu.common.codec.Json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events as bytes (WHATWG HTML, "Server-sent events"). */
public final class Frames {

    /** Keeps proxies from closing a quiet connection, and finds callers that are gone. */
    static final Frame HEARTBEAT = new Frame(": \n\n".getBytes(StandardCharsets.UTF_8), true);

    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);

    private Frames() {}

    /** Some bytes of a stream, of which nothing may be left out. */
    public static final class Frame {

        private final byte[] bytes;
        private final boolean whole;

        private Frame(byte[] bytes, boolean whole) {
            this.bytes = bytes;
            this.whole = whole;
        }

        /** Whether another event may follow: bytes passed on may end in the midst of one. */
        boolean whole() {
            return whole;
        }

        /** The bytes; not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        int length() {
            return bytes.length;
        }
    }

    /** Bytes of a stream that another replica began. */
    static Frame ofBytes(byte[] bytes) {
        return new Frame(bytes, false);
    }

    /**
     * An event.
     *
     * @param id what a caller resumes from
     * @param data becomes JSON, which has no line breaks
     */
    public static Frame event(String name, Optional<String> id, Object data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        id.ifPresent(text -> out.writeBytes(line("id: " + text)));
        out.writeBytes(line("event: " + name));
        out.writeBytes(DATA);
        out.writeBytes(Json.write(data));
        out.writeBytes(END);
        return new Frame(out.toByteArray(), true);
    }

    private static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
