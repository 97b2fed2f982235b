package io.kagu.common.codec;

import java.util.regex.Pattern;

/** What a job's path may look like: an absolute path, never a host, a query or a way upwards. */
public final class Paths {

    /** The allowed shape. */
    public static final String PATTERN = "(/[A-Za-z0-9_-][A-Za-z0-9._:-]*)+";

    private static final Pattern COMPILED = Pattern.compile(PATTERN);
    private static final int MAX_LENGTH = 256;

    private Paths() {}

    /** Whether a job may ask for this path. */
    public static boolean valid(String path) {
        return path.length() <= MAX_LENGTH && COMPILED.matcher(path).matches();
    }
}
