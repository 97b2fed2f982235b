package io.kagu.bench.chaos;

import java.util.Locale;

/** One of Kagu's services. */
enum ServiceRole {
    DISPATCHER,
    STATUS_API,
    INGEST;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
