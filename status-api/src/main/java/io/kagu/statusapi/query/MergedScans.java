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
    private boolean cut;

    private MergedScans(List<ListScan<T>> scans, Comparator<ListPlace> order) {
        this.scans = scans;
        this.ready = new PriorityQueue<>(Comparator.comparing(ListScan::nextPlace, order));
        scans.forEach(this::goOn);
    }

    private void goOn(ListScan<T> scan) {
        if (scan.hasNext()) {
            ready.add(scan);
        } else {
            cut |= scan.cut();
        }
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

    /** Whether the next one stands at a place. */
    boolean nextAt(ListPlace place) {
        ListScan<T> scan = ready.peek();
        return scan != null && scan.nextPlace().equals(place);
    }

    T next() {
        ListScan<T> scan = ready.remove();
        T next = scan.next();
        goOn(scan);
        return next;
    }

    /** Whether one of the lists has ended here and not by itself: what is next is not known. */
    boolean cut() {
        return cut;
    }

    @Override
    public void close() {
        scans.forEach(ListScan::close);
    }
}
