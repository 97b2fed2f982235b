package io.kagu.ingest.core.gpu;

/** What one scrape of a sidecar brought. */
public sealed interface Reading {

    /** An answer that can be true. */
    record Numbers(GpuNumbers numbers) implements Reading {}

    /**
     * An answer that cannot be read or cannot be true.
     *
     * @param reason in our words; quotes nothing of the answer but numbers
     */
    record Garbage(String reason) implements Reading {}

    /** No answer in time, or a refusal. */
    record Missed(String reason) implements Reading {}
}
