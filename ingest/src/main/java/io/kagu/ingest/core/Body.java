package io.kagu.ingest.core;

import java.util.Optional;

/**
 * A request body, byte for byte as the GPU gets it. Holds the array it is given: whoever makes one
 * keeps no other reference.
 */
public final class Body {

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A body of these bytes. */
    public static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** The bytes themselves; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Length in bytes. */
    public int size() {
        return bytes.length;
    }

    /** Whether there is nothing but white space in it. */
    public boolean isBlank() {
        return firstVisible().isEmpty();
    }

    /** The first byte that is no white space. */
    Optional<Byte> firstVisible() {
        for (byte b : bytes) {
            if (!Character.isWhitespace(b)) {
                return Optional.of(b);
            }
        }
        return Optional.empty();
    }
}
