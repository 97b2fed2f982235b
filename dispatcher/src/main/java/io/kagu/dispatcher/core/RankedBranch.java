package io.kagu.dispatcher.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Nodes of a {@link RankedSet} with their sizes. No item of a child lies before the child's place.
 */
final class RankedBranch<T> implements RankedNode<T> {

    private final RankedPlaces places;
    private final List<RankedNode<T>> children;
    private int[] sizes = new int[RankedPlaces.WIDTH + 1];

    RankedBranch(RankedNode<T> left, RankedNode<T> right) {
        this(new RankedPlaces(), new ArrayList<>());
        insert(0, left);
        insert(1, right);
    }

    private RankedBranch(RankedPlaces places, List<RankedNode<T>> children) {
        this.places = places;
        this.children = children;
    }

    private void insert(int index, RankedNode<T> child) {
        System.arraycopy(sizes, index, sizes, index + 1, children.size() - index);
        sizes[index] = child.size();
        places.insert(index, child.places().major(0), child.places().minor(0));
        children.add(index, child);
    }

    /** The child that an item of this place would be in. */
    private int holder(long major, long minor) {
        int index = places.before(major, minor);
        return places.isAt(index, major, minor) ? index : Math.max(0, index - 1);
    }

    @Override
    public RankedPlaces places() {
        return places;
    }

    @Override
    public int size() {
        return before(children.size());
    }

    /** How many items are in the children before this one. */
    private int before(int child) {
        int sum = 0;
        for (int i = 0; i < child; i++) {
            sum += sizes[i];
        }
        return sum;
    }

    @Override
    public Optional<RankedNode<T>> add(long major, long minor, T item) {
        places.reachDownTo(major, minor);
        int index = holder(major, minor);
        RankedNode<T> child = children.get(index);
        Optional<RankedNode<T>> right = child.add(major, minor, item);
        if (right.isEmpty()) {
            sizes[index]++;
            return Optional.empty();
        }
        sizes[index] = child.size();
        insert(index + 1, right.get());
        return places.tooMany()
                ? Optional.of(splitOff(RankedPlaces.cut(index + 1)))
                : Optional.empty();
    }

    private RankedNode<T> splitOff(int index) {
        List<RankedNode<T>> right = children.subList(index, children.size());
        RankedBranch<T> moved = new RankedBranch<>(places.splitOff(index), new ArrayList<>(right));
        moved.sizes = Arrays.copyOfRange(sizes, index, index + sizes.length);
        right.clear();
        return moved;
    }

    @Override
    public Optional<T> remove(long major, long minor) {
        int index = holder(major, minor);
        Optional<T> removed = children.get(index).remove(major, minor);
        if (removed.isPresent()) {
            sizes[index]--;
            if (sizes[index] == 0) {
                drop(index);
            }
        }
        return removed;
    }

    private void drop(int index) {
        places.remove(index);
        children.remove(index);
        System.arraycopy(sizes, index + 1, sizes, index, children.size() - index);
    }

    @Override
    public int rank(long major, long minor) {
        int index = holder(major, minor);
        return before(index) + children.get(index).rank(major, minor);
    }

    @Override
    public T first() {
        return children.getFirst().first();
    }

    @Override
    public RankedPlaces firstPlaces() {
        return children.getFirst().firstPlaces();
    }

    @Override
    public T last() {
        return children.getLast().last();
    }

    @Override
    public void collect(long major, int limit, List<T> found) {
        for (int i = 0; i < children.size(); i++) {
            int before = found.size();
            children.get(i).collect(major, limit, found);
            if (found.size() - before < sizes[i]) {
                return;
            }
        }
    }

    @Override
    public RankedNode<T> shortened() {
        return children.size() == 1 ? children.getFirst() : this;
    }
}
