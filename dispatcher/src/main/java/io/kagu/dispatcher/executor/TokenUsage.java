package io.kagu.dispatcher.executor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Finds how many tokens a call used, prompt and answer, in a GPU server's response: the {@code
 * usage} object at the top level of OpenAI's JSON answers, or of the last events of a stream. What
 * cannot be read is unknown, never 0 and never an error.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat/object">OpenAI's usage</a>
 */
final class TokenUsage {

    /** More than any call can use; a larger number is a mistake. */
    static final long MOST = 1_000_000_000;

    private static final String USAGE = "usage";
    private static final String EVENT_STREAM = "text/event-stream";
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    /** The end of a stream has an empty line after each event, and a last event without usage. */
    private static final int LAST_LINES = 12;

    private TokenUsage() {}

    /** The tokens that a completed response tells of. */
    static OptionalLong of(String contentType, byte[] body) {
        if (JsonBytes.isMediaType(contentType)) {
            return inJson(body, 0, body.length);
        }
        return contentType.toLowerCase(Locale.ROOT).startsWith(EVENT_STREAM)
                ? inStream(body)
                : OptionalLong.empty();
    }

    private static OptionalLong inStream(byte[] body) {
        int end = body.length;
        for (int line = 0; line < LAST_LINES && end > 0; line++) {
            int begin = lineBegin(body, end);
            OptionalLong found = inLine(body, begin, end);
            if (found.isPresent()) {
                return found;
            }
            end = begin - 1;
        }
        return OptionalLong.empty();
    }

    private static int lineBegin(byte[] body, int end) {
        int begin = end;
        while (begin > 0 && body[begin - 1] != '\n') {
            begin--;
        }
        return begin;
    }

    private static OptionalLong inLine(byte[] body, int begin, int end) {
        int json = begin + DATA.length;
        boolean data = json <= end && Arrays.equals(body, begin, json, DATA, 0, DATA.length);
        return data ? inJson(body, json, end) : OptionalLong.empty();
    }

    /** An event that is no JSON, such as the last one of OpenAI's streams, says nothing. */
    private static OptionalLong inJson(byte[] body, int begin, int end) {
        try {
            return inObject(body, begin, end);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong inObject(byte[] json, int begin, int end) throws IOException {
        try (JsonParser parser = JsonBytes.parser(json, begin, end - begin)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OptionalLong.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean usage = USAGE.equals(parser.currentName());
                if (parser.nextToken() == JsonToken.START_OBJECT && usage) {
                    return total(parser);
                }
                parser.skipChildren();
            }
            return OptionalLong.empty();
        }
    }

    /** The sum where a server says only the parts; embeddings have no answer to count. */
    private static OptionalLong total(JsonParser parser) throws IOException {
        long total = 0;
        long parts = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            switch (parser.currentName()) {
                case "total_tokens" -> total = count(parser);
                case "prompt_tokens", "completion_tokens" -> parts += count(parser);
                default -> count(parser);
            }
        }
        // A body that was cut off may have lost the number's last digits.
        boolean whole = parser.currentToken() == JsonToken.END_OBJECT;
        return whole ? known(total > 0 ? total : parts) : OptionalLong.empty();
    }

    /** The number that comes next; 0 where it is none, and more than the most where too large. */
    private static long count(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return 0;
        }
        boolean sane = parser.getTextLength() <= Long.toString(MOST).length();
        return sane ? Math.max(0, parser.getLongValue()) : MOST + 1;
    }

    private static OptionalLong known(long count) {
        return count > 0 && count <= MOST ? OptionalLong.of(count) : OptionalLong.empty();
    }
}
