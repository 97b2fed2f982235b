package io.kagu.statusapi.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A row of the result store: a response and what is said of it.
 *
 * <p>Layout: format (1 byte), attempt (4 bytes), status (4 bytes), content type and GPU (each 4
 * bytes of length, then UTF-8), body.
 */
public final class ResultRow {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 9;

    private final byte[] bytes;

    private ResultRow(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A row of a response. */
    public static ResultRow of(ResponseHead head, byte[] body) {
        byte[] contentType = head.contentType().getBytes(StandardCharsets.UTF_8);
        byte[] gpu = head.gpu().getBytes(StandardCharsets.UTF_8);
        int length = HEAD_BYTES + Integer.BYTES * 2 + contentType.length + gpu.length + body.length;
        return new ResultRow(
                ByteBuffer.allocate(length)
                        .put(FORMAT)
                        .putInt(head.attempt())
                        .putInt(head.status())
                        .putInt(contentType.length)
                        .put(contentType)
                        .putInt(gpu.length)
                        .put(gpu)
                        .put(body)
                        .array());
    }

    /** A row as it stands in the store. */
    public static ResultRow decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("not a result row of format " + FORMAT);
        }
        return new ResultRow(bytes);
    }

    /** This row for the store. */
    public byte[] encode() {
        return bytes;
    }

    /** Which attempt of the job this is the response of; a re-emitted result has the same. */
    public int attempt() {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    /** What is said of the response. */
    public ResponseHead head() {
        ByteBuffer row = ByteBuffer.wrap(bytes).position(1);
        int attempt = row.getInt();
        int status = row.getInt();
        String contentType = text(row);
        return new ResponseHead(status, contentType, text(row), attempt);
    }

    /** The response's body, byte for byte. */
    public byte[] body() {
        ByteBuffer row = ByteBuffer.wrap(bytes).position(HEAD_BYTES);
        skipText(row);
        skipText(row);
        byte[] body = new byte[row.remaining()];
        row.get(body);
        return body;
    }

    private static String text(ByteBuffer row) {
        byte[] utf8 = new byte[row.getInt()];
        row.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void skipText(ByteBuffer row) {
        int length = row.getInt();
        row.position(row.position() + length);
    }
}
