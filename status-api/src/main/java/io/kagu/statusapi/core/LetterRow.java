package io.kagu.statusapi.core;

import io.kagu.common.codec.DeadLetter;
import io.kagu.common.codec.Json;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A row of the store of dead letters: the letter, then the body as it came.
 *
 * <p>Layout: format (1 byte), length of the letter (4 bytes), letter (JSON), body.
 */
public final class LetterRow {

    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 5;

    private final byte[] bytes;

    private LetterRow(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A row of a letter. */
    public static LetterRow of(DeadLetter letter, byte[] body) {
        byte[] json = Json.write(letter);
        return new LetterRow(
                ByteBuffer.allocate(HEAD_BYTES + json.length + body.length)
                        .put(FORMAT)
                        .putInt(json.length)
                        .put(json)
                        .put(body)
                        .array());
    }

    /** A row as it stands in the store. */
    public static LetterRow decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES || bytes[0] != FORMAT) {
            throw new IllegalArgumentException("not a dead letter row of format " + FORMAT);
        }
        return new LetterRow(bytes);
    }

    /** This row for the store. */
    public byte[] encode() {
        return bytes;
    }

    /** What is said of the death. */
    public DeadLetter letter() {
        return Json.read(Arrays.copyOfRange(bytes, HEAD_BYTES, bodyAt()), DeadLetter.class);
    }

    /** What lists tell. */
    public LetterHead head() {
        return LetterHead.of(letter(), bytes.length - bodyAt());
    }

    /** The job's body, byte for byte. */
    public byte[] body() {
        return Arrays.copyOfRange(bytes, bodyAt(), bytes.length);
    }

    private int bodyAt() {
        return HEAD_BYTES + ByteBuffer.wrap(bytes).getInt(1);
    }
}
