package io.kagu.contract;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer as it came over a connection.
 *
 * @param body without the framing of chunks
 */
public record RawAnswer(int status, HttpHeaders headers, Exchange.Body body) {

    private static final int HEX = 16;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    /** The answer in some bytes. */
    static RawAnswer of(byte[] bytes) {
        int end = indexOf(bytes, END_OF_HEAD, 0);
        if (end < 0) {
            throw new AssertionError("no HTTP: " + new String(bytes, StandardCharsets.UTF_8));
        }
        List<String> head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).lines().toList();
        HttpHeaders headers = headers(head.subList(1, head.size()));
        byte[] rest = rest(bytes, end + END_OF_HEAD.length);
        boolean chunked = headers.firstValue("Transfer-Encoding").isPresent();
        return new RawAnswer(
                Integer.parseInt(head.getFirst().split(" ", 3)[1]),
                headers,
                new Exchange.Body(chunked ? unchunked(rest) : rest));
    }

    private static HttpHeaders headers(List<String> lines) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    /** As many whole chunks as there are. */
    private static byte[] unchunked(byte[] chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int from = 0;
        int end = indexOf(chunks, new byte[] {'\r', '\n'}, from);
        while (end > 0) {
            String size = new String(chunks, from, end - from, StandardCharsets.US_ASCII);
            int length = Integer.parseInt(size, HEX);
            int start = end + 2;
            body.write(chunks, start, Math.min(length, chunks.length - start));
            from = start + length + 2;
            end = length == 0 ? 0 : indexOf(chunks, new byte[] {'\r', '\n'}, from);
        }
        return body.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] sought, int from) {
        for (int at = from; at <= bytes.length - sought.length; at++) {
            int same = 0;
            while (same < sought.length && bytes[at + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] rest(byte[] bytes, int from) {
        byte[] rest = new byte[bytes.length - from];
        System.arraycopy(bytes, from, rest, 0, rest.length);
        return rest;
    }

    /** The body as text. */
    public String text() {
        return body.text();
    }

    /** What was asked is read off the request's first line, as far as it has one. */
    Exchange to(String request) {
        String[] words = request.lines().findFirst().orElse("").split(" ", -1);
        return new Exchange(words[0], words.length > 1 ? words[1] : "", status, headers, body);
    }
}
