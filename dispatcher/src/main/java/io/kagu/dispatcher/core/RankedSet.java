package io.kagu.dispatcher.core;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A sorted set that knows how many of its items go before any one, in O(log n): a treap whose nodes
 * know the sizes of their subtrees. Priorities are the mixed numbers of the insertions, so that a
 * replay builds the same tree; it costs 32 bytes an item, and its depth stays near 2 ln n whatever
 * the order of insertion (Seidel and Aragon, Randomized Search Trees, 1996).
 */
final class RankedSet<T> {

    /** Odd, of the golden ratio: successive multiples, mixed, look like chance. */
    private static final int STEP = 0x9E3779B9;

    private final Comparator<? super T> order;
    private @Nullable Node<T> root;
    private int inserted;

    RankedSet(Comparator<? super T> order) {
        this.order = order;
    }

    private static final class Node<T> {
        private final T item;
        private final int priority;
        private int size = 1;
        private @Nullable Node<T> left;
        private @Nullable Node<T> right;

        Node(T item, int priority) {
            this.item = item;
            this.priority = priority;
        }

        void resize() {
            size = 1 + sizeOf(left) + sizeOf(right);
        }
    }

    /** Adds an item; false if an equal one is there. */
    boolean add(T item) {
        if (contains(item)) {
            return false;
        }
        inserted++;
        root = insert(root, new Node<>(item, mixed(inserted)));
        return true;
    }

    /** Removes an item; false if none equal is there. */
    boolean remove(T item) {
        if (!contains(item)) {
            return false;
        }
        root = without(root, item);
        return true;
    }

    boolean contains(T item) {
        Node<T> node = root;
        while (node != null) {
            int side = order.compare(item, node.item);
            if (side == 0) {
                return true;
            }
            node = side < 0 ? node.left : node.right;
        }
        return false;
    }

    /** How many items go before this one, which need not be in the set. */
    int rank(T item) {
        int before = 0;
        Node<T> node = root;
        while (node != null) {
            if (order.compare(item, node.item) <= 0) {
                node = node.left;
            } else {
                before += 1 + sizeOf(node.left);
                node = node.right;
            }
        }
        return before;
    }

    Optional<T> first() {
        Node<T> first = null;
        for (Node<T> node = root; node != null; node = node.left) {
            first = node;
        }
        return first == null ? Optional.empty() : Optional.of(first.item);
    }

    /** The first items in order, at most {@code limit}. */
    List<T> first(int limit) {
        List<T> items = new ArrayList<>(Math.clamp(limit, 0, size()));
        collect(root, limit, items);
        return items;
    }

    int size() {
        return sizeOf(root);
    }

    boolean isEmpty() {
        return root == null;
    }

    private Node<T> insert(@Nullable Node<T> node, Node<T> fresh) {
        if (node == null) {
            return fresh;
        }
        if (fresh.priority > node.priority) {
            split(node, fresh);
            fresh.resize();
            return fresh;
        }
        if (order.compare(fresh.item, node.item) < 0) {
            node.left = insert(node.left, fresh);
        } else {
            node.right = insert(node.right, fresh);
        }
        node.size++;
        return node;
    }

    /** Hangs what is below the pivot to its left, and what is above to its right. */
    private void split(@Nullable Node<T> node, Node<T> pivot) {
        if (node == null) {
            pivot.left = null;
            pivot.right = null;
        } else if (order.compare(node.item, pivot.item) < 0) {
            split(node.right, pivot);
            node.right = pivot.left;
            node.resize();
            pivot.left = node;
        } else {
            split(node.left, pivot);
            node.left = pivot.right;
            node.resize();
            pivot.right = node;
        }
    }

    private @Nullable Node<T> without(@Nullable Node<T> node, T item) {
        if (node == null) {
            return null;
        }
        int side = order.compare(item, node.item);
        if (side == 0) {
            return joined(node.left, node.right);
        }
        if (side < 0) {
            node.left = without(node.left, item);
        } else {
            node.right = without(node.right, item);
        }
        node.size--;
        return node;
    }

    private @Nullable Node<T> joined(@Nullable Node<T> low, @Nullable Node<T> high) {
        if (low == null) {
            return high;
        }
        if (high == null) {
            return low;
        }
        if (low.priority > high.priority) {
            low.right = joined(low.right, high);
            low.resize();
            return low;
        }
        high.left = joined(low, high.left);
        high.resize();
        return high;
    }

    private void collect(@Nullable Node<T> node, int limit, List<T> items) {
        if (node == null || items.size() >= limit) {
            return;
        }
        collect(node.left, limit, items);
        if (items.size() < limit) {
            items.add(node.item);
            collect(node.right, limit, items);
        }
    }

    private static int sizeOf(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    /** The finalizer of MurmurHash3: every bit of the number changes half of the bits. */
    private static int mixed(int number) {
        int bits = number * STEP;
        bits = (bits ^ (bits >>> 16)) * 0x85EBCA6B;
        bits = (bits ^ (bits >>> 13)) * 0xC2B2AE35;
        return bits ^ (bits >>> 16);
    }
}
