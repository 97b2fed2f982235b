package io.kagu.ingest.core.tinker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A sampling session, all of which stands in its id: no replica has to remember it.
 *
 * <p>An id is {@code s1.NONCE.MODEL.CHECK}: the model in Base64 for URLs, and a checksum over all
 * before it. The checksum finds slips, not forgery: an id grants nothing that naming the model does
 * not.
 *
 * @param nonce unique, of letters, digits and dashes
 * @param model the name or alias under which it was served at the time
 */
public record SamplingSession(String nonce, String model) {

    private static final Pattern ID =
            Pattern.compile(
                    "(s1\\.([A-Za-z0-9-]{1,64})\\.([A-Za-z0-9_-]{1,2048}))\\.([0-9a-f]{8})");

    /** Its id. */
    public String id() {
        byte[] utf8 = model.getBytes(StandardCharsets.UTF_8);
        String content =
                "s1." + nonce + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8);
        return content + "." + check(content);
    }

    /** The session with this id; empty if no session has it. */
    public static Optional<SamplingSession> of(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches() || !check(parts.group(1)).equals(parts.group(4))) {
            return Optional.empty();
        }
        try {
            byte[] utf8 = Base64.getUrlDecoder().decode(parts.group(3));
            SamplingSession session =
                    new SamplingSession(parts.group(2), new String(utf8, StandardCharsets.UTF_8));
            return Optional.of(session).filter(same -> same.id().equals(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String check(String content) {
        CRC32C sum = new CRC32C();
        sum.update(content.getBytes(StandardCharsets.US_ASCII));
        return "%08x".formatted(sum.getValue());
    }
}
