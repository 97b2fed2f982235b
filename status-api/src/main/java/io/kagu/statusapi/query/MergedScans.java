package io.kagu.statusapi.query;

import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.fold.ListScan;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Goes through several lists as if they were one. */
final class MergedScans<T> implements AutoCloseable {

    private final List<ListScan<T>> scans;
    private final PriorityQueue<ListScan<T>> ready;

    private MergedScans(List<ListScan<T>> scans, Comparator<ListPlace> order) {
        this.scans = scans;
        this.ready = new PriorityQueue<>(Comparator.comparing(ListScan::nextPlace, order));
        scans.stream().filter(ListScan::hasNext).forEach(ready::add);
    }

    static <T> MergedScans<T> oldestFirst(List<ListScan<T>> scans) {
        return new MergedScans<>(scans, Comparator.naturalOrder());
    }

    static <T> MergedScans<T> newestFirst(List<ListScan<T>> scans) {
        return new MergedScans<>(scans, Comparator.reverseOrder());
    }

    boolean hasNext() {
        return !ready.isEmpty();
    }

    T next() {
        ListScan<T> scan = ready.remove();
        T next = scan.next();
        if (scan.hasNext()) {
            ready.add(scan);
        }
        return next;
    }

    @Override
    public void close() {
        scans.forEach(ListScan::close);
    }
}
