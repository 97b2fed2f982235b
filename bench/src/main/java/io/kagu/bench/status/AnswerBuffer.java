package io.kagu.bench.status;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Tells when one HTTP answer is whole, by its length or its last chunk. */
final class AnswerBuffer {

    private static final int FIRST_ROOM = 8 * 1024;
    private static final int LEAST_ROOM = 1024;
    private static final byte[] BLANK_LINE = ascii("\r\n\r\n");
    private static final byte[] LAST_CHUNK = ascii("\r\n0\r\n\r\n");
    private static final String LENGTH = "content-length:";
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_ROOM);
    private int bodyAt = -1;
    private int length = -1;

    /** Where the next bytes go. */
    ByteBuffer room() {
        if (bytes.remaining() < LEAST_ROOM) {
            bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
        }
        return bytes;
    }

    /** Begins with the next answer. */
    void clear() {
        bytes.clear();
        bodyAt = -1;
        length = -1;
    }

    boolean whole() {
        if (bodyAt < 0) {
            readHead();
        }
        if (bodyAt < 0) {
            return false;
        }
        return length >= 0 ? bytes.position() >= bodyAt + length : endsWith(LAST_CHUNK);
    }

    private void readHead() {
        for (int at = 0; at + BLANK_LINE.length <= bytes.position(); at++) {
            if (standsAt(BLANK_LINE, at)) {
                bodyAt = at + BLANK_LINE.length;
                length = contentLength();
                return;
            }
        }
    }

    /** -1 of an answer in chunks. */
    private int contentLength() {
        String head = text(0, bodyAt).toLowerCase(Locale.ROOT);
        int at = head.indexOf(LENGTH);
        return at < 0
                ? -1
                : Integer.parseInt(
                        head.substring(at + LENGTH.length(), head.indexOf('\r', at)).strip());
    }

    private boolean endsWith(byte[] end) {
        return bytes.position() >= end.length && standsAt(end, bytes.position() - end.length);
    }

    private boolean standsAt(byte[] wanted, int at) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** The HTTP status of an answer that is whole. */
    int status() {
        return Integer.parseInt(text(STATUS_FROM, STATUS_TO));
    }

    private String text(int from, int to) {
        return new String(bytes.array(), from, to - from, StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
