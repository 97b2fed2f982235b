package io.kagu.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text under {@code src/test/resources/golden} that the code must keep writing. To change it on
 * purpose, run the test with {@code -Dkagu.golden.write=true} and read the difference.
 */
public record GoldenFile(String name) {

    private static final String WRITE = "kagu.golden.write";

    /** Fails if the text is another one. */
    public void mustBe(String text) {
        if (Boolean.getBoolean(WRITE)) {
            write(text);
        }
        assertThat(text.strip())
                .as("%s; to rewrite it run this test with -D%s=true", path(), WRITE)
                .isEqualTo(read());
    }

    /** The text without what surrounds it. */
    public String read() {
        try {
            return Files.readString(path()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as bytes in UTF-8. */
    public byte[] bytes() {
        return read().getBytes(StandardCharsets.UTF_8);
    }

    private void write(String text) {
        try {
            Files.createDirectories(path().getParent());
            Files.writeString(path(), text.strip() + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path() {
        return Path.of("src", "test", "resources", "golden", name);
    }
}
