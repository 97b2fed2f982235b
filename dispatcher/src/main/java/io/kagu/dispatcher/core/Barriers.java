package io.kagu.dispatcher.core;

/**
 * How far an owner has read its own barriers. A barrier is a numbered record that the owner writes
 * into its partition of the outcomes; once it reads barrier n, it has read every outcome that was
 * acknowledged before n was written.
 *
 * @param sent number of the newest barrier written; 0 before the first
 * @param read number of the newest barrier read back; 0 before the first
 */
public record Barriers(long sent, long read) {

    /** Nothing written yet. */
    public static final Barriers NONE = new Barriers(0, 0);

    /** The number of a barrier that is not written yet. */
    public long next() {
        return sent + 1;
    }

    /** The same after writing one more. */
    public Barriers written() {
        return new Barriers(sent + 1, read);
    }

    /** The same after reading one back. */
    public Barriers readBack(long number) {
        return new Barriers(sent, Math.max(read, number));
    }
}
