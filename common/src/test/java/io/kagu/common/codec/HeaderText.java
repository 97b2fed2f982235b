package io.kagu.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import java.util.StringJoiner;

/** Record headers as lines of text, {@code name: value}. */
final class HeaderText {

    private HeaderText() {}

    static String of(Headers headers) {
        StringJoiner lines = new StringJoiner("\n");
        for (Header header : headers) {
            lines.add(header.key() + ": " + new String(header.value(), UTF_8));
        }
        return lines.toString();
    }

    static Headers parse(String text) {
        Headers headers = new RecordHeaders();
        text.lines()
                .map(line -> line.split(": ", 2))
                .forEach(pair -> headers.add(pair[0], pair[1].getBytes(UTF_8)));
        return headers;
    }
}
