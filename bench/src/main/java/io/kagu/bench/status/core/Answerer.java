package io.kagu.bench.status.core;

/** Who is asked. */
public enum Answerer {
    /** A server of the same framework whose every answer is the same bytes. */
    CONSTANT,
    /** A status-api with few jobs. */
    SMALL_STORE,
    /** A status-api with many, and with room for them in its heap. */
    LARGE_STORE,
    /** The same, started anew with the heap and the settings of any other process. */
    LARGE_STORE_AS_SHIPPED
}
