package io.kagu.bench.service;

import java.util.Locale;

/** One of Kagu's services. */
public enum ServiceRole {
    DISPATCHER,
    STATUS_API,
    INGEST;

    /** As in settings and names. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
