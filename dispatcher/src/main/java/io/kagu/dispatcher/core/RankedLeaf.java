package io.kagu.dispatcher.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Items of a {@link RankedSet} beside their places. */
final class RankedLeaf<T> implements RankedNode<T> {

    private final RankedPlaces places;
    private final List<T> items;

    RankedLeaf() {
        this(new RankedPlaces(), new ArrayList<>(0));
    }

    private RankedLeaf(RankedPlaces places, List<T> items) {
        this.places = places;
        this.items = items;
    }

    @Override
    public RankedPlaces places() {
        return places;
    }

    @Override
    public int size() {
        return places.count();
    }

    @Override
    public Optional<RankedNode<T>> add(long major, long minor, T item) {
        int index = places.before(major, minor);
        if (places.isAt(index, major, minor)) {
            throw new IllegalStateException(items.get(index) + " has the place of " + item);
        }
        places.insert(index, major, minor);
        items.add(index, item);
        return places.tooMany() ? Optional.of(splitOff(RankedPlaces.cut(index))) : Optional.empty();
    }

    private RankedNode<T> splitOff(int index) {
        List<T> right = items.subList(index, items.size());
        RankedNode<T> moved = new RankedLeaf<>(places.splitOff(index), new ArrayList<>(right));
        right.clear();
        return moved;
    }

    @Override
    public Optional<T> remove(long major, long minor) {
        int index = places.before(major, minor);
        if (!places.isAt(index, major, minor)) {
            return Optional.empty();
        }
        places.remove(index);
        return Optional.of(items.remove(index));
    }

    @Override
    public int rank(long major, long minor) {
        return places.before(major, minor);
    }

    @Override
    public T first() {
        return items.getFirst();
    }

    @Override
    public RankedPlaces firstPlaces() {
        return places;
    }

    @Override
    public T last() {
        return items.getLast();
    }

    @Override
    public void collect(long major, int limit, List<T> found) {
        for (int i = 0; i < items.size(); i++) {
            if (found.size() >= limit || places.major(i) > major) {
                return;
            }
            found.add(items.get(i));
        }
    }

    @Override
    public RankedNode<T> shortened() {
        return this;
    }
}
