package io.kagu.dispatcher.core;

import java.util.Arrays;

/** A sorted row of places, each of two numbers: what a {@link RankedNode} compares. */
final class RankedPlaces {

    /** Most places of a node; there is one more for the moment before it is split. */
    static final int WIDTH = 64;

    private static final int FEWEST = 4;

    private long[] numbers;
    private int count;

    RankedPlaces() {
        this(new long[0], 0);
    }

    private RankedPlaces(long[] numbers, int count) {
        this.numbers = numbers;
        this.count = count;
    }

    int count() {
        return count;
    }

    long major(int index) {
        return numbers[2 * index];
    }

    long minor(int index) {
        return numbers[2 * index + 1];
    }

    boolean isAt(int index, long major, long minor) {
        return index < count && major(index) == major && minor(index) == minor;
    }

    /** How many of the places go before this one. */
    int before(long major, long minor) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long other = major(middle);
            if (other < major || (other == major && minor(middle) < minor)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Moves the first place down to this one, unless it is there or before it. */
    void reachDownTo(long major, long minor) {
        if (before(major, minor) == 0) {
            numbers[0] = major;
            numbers[1] = minor;
        }
    }

    void insert(int index, long major, long minor) {
        if (2 * count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * Math.clamp(2L * count, FEWEST, WIDTH + 1));
        }
        System.arraycopy(numbers, 2 * index, numbers, 2 * index + 2, 2 * (count - index));
        numbers[2 * index] = major;
        numbers[2 * index + 1] = minor;
        count++;
    }

    void remove(int index) {
        count--;
        System.arraycopy(numbers, 2 * index + 2, numbers, 2 * index, 2 * (count - index));
    }

    boolean tooMany() {
        return count > WIDTH;
    }

    /**
     * Where to cut a node in which there are too many: in the middle; but where places come in
     * order, the left node stays full.
     *
     * @param newest index of the place that was inserted last
     */
    static int cut(int newest) {
        return newest == WIDTH ? WIDTH : WIDTH / 2;
    }

    /** Moves the places from an index on to a row of their own. */
    RankedPlaces splitOff(int index) {
        long[] right = Arrays.copyOfRange(numbers, 2 * index, 2 * (index + WIDTH + 1));
        RankedPlaces moved = new RankedPlaces(right, count - index);
        count = index;
        return moved;
    }
}
