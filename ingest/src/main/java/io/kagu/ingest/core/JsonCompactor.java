package io.kagu.ingest.core;

import java.io.ByteArrayOutputStream;

/**
 * Takes the blanks between the tokens out of valid JSON and leaves every token as it was written:
 * numbers, escapes and the order of members.
 */
final class JsonCompactor {

    private JsonCompactor() {}

    /** Compacts the bytes of {@code json} from one index to before another. */
    static byte[] compact(byte[] json, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
        boolean inString = false;
        boolean escaped = false;
        for (int i = from; i < to; i++) {
            byte b = json[i];
            if (inString || !isBlank(b)) {
                out.write(b);
            }
            if (b == '"' && !escaped) {
                inString = !inString;
            }
            escaped = inString && b == '\\' && !escaped;
        }
        return out.toByteArray();
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
