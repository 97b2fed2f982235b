package io.kagu.common.job;

import com.github.f4b6a3.uuid.UuidCreator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes and checks job ids: UUIDv7 by default, or the client's own within narrow bounds. */
public final class JobIds {

    /** What an id may look like; safe in URLs, headers, keys and file names. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

    private static final int MAX_LENGTH = 128;

    private JobIds() {}

    /** A new time-ordered id (UUIDv7, RFC 9562). */
    public static String next() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    /** The same id for the same tenant and idempotency key, always. */
    public static String ofIdempotencyKey(String tenant, String key) {
        return UuidCreator.getNameBasedSha1(new UUID(0, 0), named(tenant, key)).toString();
    }

    /** The stable id of a raw record that carries none. */
    public static String ofRecord(String topic, int partition, long offset) {
        return UuidCreator.getNameBasedSha1(new UUID(0, 1), topic + '/' + partition + '/' + offset)
                .toString();
    }

    /** Whether a client may use this id: it matches {@link #PATTERN}. */
    public static boolean valid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH || !letterOrDigit(id.charAt(0))) {
            return false;
        }
        for (int at = 1; at < id.length(); at++) {
            char c = id.charAt(at);
            if (!letterOrDigit(c) && "._:-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean letterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static byte[] named(String tenant, String key) {
        return (tenant.length() + ":" + tenant + key).getBytes(StandardCharsets.UTF_8);
    }
}
