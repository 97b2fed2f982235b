package io.kagu.common.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The same short text for errors that differ only in numbers, ids and times, so that dead letters
 * of one cause can be counted and requeued together. CRC-32C of the reason's code, and of its
 * message without what varies.
 */
public final class ErrorFingerprint {

    private static final Pattern IDS =
            Pattern.compile("\\b(?=[0-9a-f-]*[0-9])[0-9a-f]{8,}(-[0-9a-f]{4,})*\\b");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+([.:][0-9]+)*");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private ErrorFingerprint() {}

    /** Eight hexadecimal digits. */
    public static String of(String code, String message) {
        CRC32C sum = new CRC32C();
        sum.update((code + '\n' + withoutWhatVaries(message)).getBytes(UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static String withoutWhatVaries(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        text = IDS.matcher(text).replaceAll("*");
        text = NUMBERS.matcher(text).replaceAll("#");
        return SPACES.matcher(text).replaceAll(" ").strip();
    }
}
