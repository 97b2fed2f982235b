package io.kagu.dispatcher.pool;

import java.util.random.RandomGenerator;

/** A crash that keeps a set number of the writes since the last commit. */
record CrashAfter(int kept) implements RandomGenerator {

    @Override
    public int nextInt(int bound) {
        return Math.min(kept, bound - 1);
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException();
    }
}
