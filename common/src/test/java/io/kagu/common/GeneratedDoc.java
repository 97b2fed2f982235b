package io.kagu.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds a part of a documentation page to what the code says. The part stands between {@code <!--
 * generated: NAME -->} and {@code <!-- end of NAME -->}; {@code -Dkagu.docs.write=true} writes it.
 */
public final class GeneratedDoc {

    private static final Path DOCS = Path.of("..", "docs");

    private GeneratedDoc() {}

    public static void assertSays(String page, String part, String content) throws IOException {
        Path file = DOCS.resolve(page);
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end of " + part + " -->";
        String text = Files.readString(file);
        assertThat(text).as(file + " marks the part").contains(begin).contains(end);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        String wanted = "\n" + content + "\n";
        if (Boolean.getBoolean("kagu.docs.write")) {
            Files.writeString(file, text.substring(0, from) + wanted + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("%s is out of date: mvn -pl common -am test -Dkagu.docs.write=true", file)
                .isEqualTo(wanted);
    }
}
