package io.kagu.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.util.StringJoiner;

/** Record headers as lines of text, {@code name: value}. */
public final class HeaderText {

    private HeaderText() {}

    /** The lines of some headers. */
    public static String of(Headers headers) {
        StringJoiner lines = new StringJoiner("\n");
        for (Header header : headers) {
            lines.add(header.key() + ": " + new String(header.value(), UTF_8));
        }
        return lines.toString();
    }

    /** The headers in some lines. */
    public static Headers parse(String text) {
        Headers headers = new RecordHeaders();
        text.lines()
                .map(line -> line.split(": ", 2))
                .forEach(pair -> headers.add(pair[0], pair[1].getBytes(UTF_8)));
        return headers;
    }
}
