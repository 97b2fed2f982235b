package io.kagu.local.gpu;

/** How a call to a simulated GPU ended. */
public enum CallEnding {
    /** Computed, and the answer handed to the connection. */
    COMPLETED,
    /** The request itself was wrong: answered with a 4xx. */
    REJECTED,
    /** A switched fault ended or spoilt it. */
    FAULTED,
    /** The client closed the connection before the answer was ready. */
    ABORTED
}
