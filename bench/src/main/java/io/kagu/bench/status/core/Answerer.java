package io.kagu.bench.status.core;

/** Who is asked. */
public enum Answerer {
    /** A server of the same framework whose every answer is the same bytes. */
    CONSTANT,
    /** A status-api with few jobs. */
    SMALL_STORE,
    /** A status-api with many. */
    LARGE_STORE
}
