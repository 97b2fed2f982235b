package io.kagu.ingest.http;

/**
 * How much of a request is read.
 *
 * @param body bytes that go to the GPU
 * @param batchLines lines of one batch
 */
public record BodyLimits(int body, int batchLines) {

    private static final int FIELDS = 64 * 1024;

    /** Bytes of an envelope: Base64 and escapes make it larger than its payload. */
    int envelope() {
        return (int) Math.min(Integer.MAX_VALUE - 8L, 2L * body + FIELDS);
    }
}
