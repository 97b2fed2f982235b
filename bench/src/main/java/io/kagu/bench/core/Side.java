package io.kagu.bench.core;

import java.util.Locale;

/** Who is measured. */
public enum Side {
    /** Dispatcher and status service. */
    KAGU,
    /** A consumer, an HTTP client and a producer. */
    BARE;

    /** Its name in tables, files and topic prefixes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
