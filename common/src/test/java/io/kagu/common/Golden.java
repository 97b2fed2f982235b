package io.kagu.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Bytes as an earlier version wrote them, kept under {@code src/test/resources/golden}. */
public final class Golden {

    private Golden() {}

    public static byte[] bytes(String name) {
        return text(name).getBytes(UTF_8);
    }

    /** The file without the line end that editors want. */
    public static String text(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8)
                    .stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
