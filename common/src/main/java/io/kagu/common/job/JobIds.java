package io.kagu.common.job;

import com.github.f4b6a3.uuid.UuidCreator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes and checks job ids: UUIDv7 by default, or the client's own within narrow bounds. */
public final class JobIds {

    /** What an id may look like; safe in URLs, headers, keys and file names. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);

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

    /** Whether a client may use this id. */
    public static boolean valid(String id) {
        return COMPILED.matcher(id).matches();
    }

    private static byte[] named(String tenant, String key) {
        return (tenant.length() + ":" + tenant + key).getBytes(StandardCharsets.UTF_8);
    }
}
