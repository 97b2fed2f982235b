package io.kagu.statusapi.query;

import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.fold.LetterScan;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Goes through heads of dead letters of several partitions as if they were one. */
final class MergedLetters implements AutoCloseable {

    private final List<LetterScan> scans;
    private final PriorityQueue<LetterScan> ready;

    private MergedLetters(List<LetterScan> scans, Comparator<LetterScan> order) {
        this.scans = scans;
        this.ready = new PriorityQueue<>(order);
        scans.stream().filter(LetterScan::hasNext).forEach(ready::add);
    }

    static MergedLetters oldestFirst(List<LetterScan> scans) {
        return new MergedLetters(scans, Comparator.comparing(LetterScan::nextPlace));
    }

    static MergedLetters newestFirst(List<LetterScan> scans) {
        return new MergedLetters(scans, Comparator.comparing(LetterScan::nextPlace).reversed());
    }

    boolean hasNext() {
        return !ready.isEmpty();
    }

    LetterHead next() {
        LetterScan scan = ready.remove();
        LetterHead head = scan.next();
        if (scan.hasNext()) {
            ready.add(scan);
        }
        return head;
    }

    @Override
    public void close() {
        scans.forEach(LetterScan::close);
    }
}
