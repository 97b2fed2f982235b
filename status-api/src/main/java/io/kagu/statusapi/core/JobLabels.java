package io.kagu.statusapi.core;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What lists are filtered by, beside state and time; kept beside each place in a list, so that what
 * is not meant is passed without reading its view. A field that an event does not tell is empty.
 *
 * @param priority its word
 */
public record JobLabels(String priority, String model, String tenant) {

    /** Of an event that tells none. */
    static final JobLabels NONE = new JobLabels("", "", "");

    private static final String SEPARATOR = "\n";
    private static final Pattern SPLIT = Pattern.compile(SEPARATOR);
    private static final int FIELDS = 3;

    /** Labels as they stand in a store. */
    public static JobLabels decode(byte[] bytes) {
        String[] parts = SPLIT.split(new String(bytes, StandardCharsets.UTF_8), FIELDS);
        return parts.length == FIELDS ? new JobLabels(parts[0], parts[1], parts[2]) : NONE;
    }

    /** These labels for a store. */
    public byte[] encode() {
        return String.join(SEPARATOR, priority, model, tenant).getBytes(StandardCharsets.UTF_8);
    }
}
