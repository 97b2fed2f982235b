package io.kagu.statusapi.fold;

import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterKeys;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ListPlace;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the dead letters of one partition. */
public final class DeadLetterRows {

    private final ReadOnlyKeyValueStore<byte[], byte[]> store;

    DeadLetterRows(ReadOnlyKeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /**
     * A part of the letters' order.
     *
     * @param fingerprint of the cause, if only its letters are meant
     * @param from the first place that is meant
     * @param to the last place that is meant
     */
    public record Range(Optional<String> fingerprint, ListPlace from, ListPlace to) {

        byte[] lowest() {
            return key(from);
        }

        byte[] highest() {
            return key(to);
        }

        private byte[] key(ListPlace place) {
            return fingerprint
                    .map(cause -> LetterKeys.byFingerprint(cause, place))
                    .orElseGet(() -> LetterKeys.byTime(place));
        }
    }

    /** The letter of a job. */
    public Optional<LetterRow> find(String id) {
        return Optional.ofNullable(store.get(LetterKeys.letter(id))).map(LetterRow::decode);
    }

    /** Heads from the oldest on. */
    public ListScan<LetterHead> oldestFirst(Range range) {
        return heads(store.range(range.lowest(), range.highest()));
    }

    /** Heads from the newest on. */
    public ListScan<LetterHead> newestFirst(Range range) {
        return heads(store.reverseRange(range.lowest(), range.highest()));
    }

    private static ListScan<LetterHead> heads(KeyValueIterator<byte[], byte[]> rows) {
        return new StoredScan<>(rows, LetterKeys::place, (_, head) -> LetterHead.decode(head));
    }

    /** All groups. */
    public List<LetterGroup> groups() {
        List<LetterGroup> groups = new ArrayList<>();
        try (var rows = store.range(LetterKeys.firstGroup(), LetterKeys.afterGroups())) {
            rows.forEachRemaining(row -> groups.add(LetterGroup.decode(row.value)));
        }
        return groups;
    }

    /** The group of one cause. */
    Optional<LetterGroup> group(String fingerprint) {
        return Optional.ofNullable(store.get(LetterKeys.group(fingerprint)))
                .map(LetterGroup::decode);
    }

    /** The groups as the heads by cause say, by fingerprint. */
    Map<String, LetterGroup> countedGroups() {
        Map<String, LetterGroup> groups = new TreeMap<>();
        try (KeyValueIterator<byte[], byte[]> rows =
                store.range(LetterKeys.firstByFingerprint(), LetterKeys.firstGroup())) {
            while (rows.hasNext()) {
                KeyValue<byte[], byte[]> row = rows.next();
                LetterGroup one = LetterGroup.of(LetterHead.decode(row.value));
                groups.merge(one.fingerprint(), one, LetterGroup::plus);
            }
        }
        return groups;
    }
}
