package io.kagu.local.gpu;

/** Token ids and their log probabilities, made up: equal tokens have equal ones. */
final class Vocabulary {

    private static final int SIZE = 32_000;

    private Vocabulary() {}

    static int id(String token) {
        return Math.floorMod(token.hashCode(), SIZE);
    }

    static int id(long seed) {
        return (int) Math.floorMod(seed * 31, (long) SIZE);
    }

    /** The token that comes next in likelihood. */
    static int next(int id) {
        return (id + 1) % SIZE;
    }

    static double logprob(int id) {
        return logprob(id, 1);
    }

    /** Of the token that is so many places behind the likeliest. */
    static double logprob(int id, int rank) {
        return -(100 * (rank - 1) + Math.floorMod(id, 200) + 1) / 100.0;
    }
}
