package io.kagu.statusapi.fold;

import io.kagu.common.topic.TopicConfig;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterKeys;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ListPlace;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dead letters with their orders and groups, of one partition of jobs. A group counts the heads by
 * its cause that there are, so that a letter which a crash left half written counts once.
 */
final class DeadLetterStore {

    static final String NAME = "dead-letters";

    private final KeyValueStore<byte[], byte[]> store;
    private final DeadLetterRows rows;

    /** No letter is older, so that a sweep need not wade through what others deleted. */
    private ListPlace oldest = ListPlace.FIRST;

    /** Letters in all groups; right from the first {@link #recount()} on. */
    private long count;

    DeadLetterStore(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        this.rows = new DeadLetterRows(store);
    }

    static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(TopicConfig topics) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(NAME),
                        Serdes.ByteArray(),
                        Serdes.ByteArray())
                .withLoggingEnabled(Changelogs.settings(topics, topics.maxRequestRecordBytes()));
    }

    /** What a row may have, so that it passes to the changelog with its key. */
    static int maxRowBytes(TopicConfig topics) {
        return topics.maxRequestRecordBytes() - 1024;
    }

    DeadLetterRows rows() {
        return rows;
    }

    long count() {
        return count;
    }

    /** Stores a letter in place of the one of the same job. */
    void put(LetterRow row) {
        LetterHead head = row.head();
        delete(head.id());
        byte[] told = head.encode();
        store.put(LetterKeys.byTime(head.place()), told);
        if (store.putIfAbsent(byCause(head), told) == null) {
            LetterGroup one = LetterGroup.of(head);
            putGroup(rows.group(head.fingerprint()).map(group -> group.plus(one)).orElse(one));
            count++;
        }
        store.put(LetterKeys.letter(head.id()), row.encode());
        oldest = head.place().compareTo(oldest) < 0 ? head.place() : oldest;
    }

    /** Forgets the letter of a job; whether there was one. */
    boolean delete(String id) {
        Optional<LetterHead> known = rows.find(id).map(LetterRow::head);
        known.ifPresent(head -> {
            store.delete(LetterKeys.letter(id));
            deleteHead(head);
        });
        return known.isPresent();
    }

    private void deleteHead(LetterHead head) {
        store.delete(LetterKeys.byTime(head.place()));
        if (store.delete(byCause(head)) != null) {
            rows.group(head.fingerprint()).ifPresent(this::deleteOneOf);
            count--;
        }
    }

    private static byte[] byCause(LetterHead head) {
        return LetterKeys.byFingerprint(head.fingerprint(), head.place());
    }

    private void deleteOneOf(LetterGroup group) {
        DeadLetterRows.Range left =
                new DeadLetterRows.Range(
                        Optional.of(group.fingerprint()), ListPlace.FIRST, ListPlace.LAST);
        try (ListScan<LetterHead> newest = rows.newestFirst(left);
                ListScan<LetterHead> first = rows.oldestFirst(left)) {
            if (newest.hasNext() && first.hasNext()) {
                putGroup(group.without(newest.next().diedAt(), first.next().diedAt()));
            } else {
                store.delete(LetterKeys.group(group.fingerprint()));
            }
        }
    }

    private void putGroup(LetterGroup group) {
        store.put(LetterKeys.group(group.fingerprint()), group.encode());
    }

    /** Heads of deaths before a time, the oldest first, at most so many. */
    List<LetterHead> before(long time, int limit) {
        List<LetterHead> due = new ArrayList<>();
        ListPlace end = new ListPlace(time, "");
        if (oldest.compareTo(end) >= 0) {
            return due;
        }
        DeadLetterRows.Range range =
                new DeadLetterRows.Range(Optional.empty(), oldest, ListPlace.LAST);
        try (ListScan<LetterHead> heads = rows.oldestFirst(range)) {
            oldest = heads.hasNext() ? heads.nextPlace() : ListPlace.LAST;
            while (heads.hasNext() && due.size() < limit && heads.nextPlace().compareTo(end) < 0) {
                due.add(heads.next());
            }
        }
        return due;
    }

    /** Forgets the letter of a head, unless a crash has left the head of one replaced since. */
    void expire(LetterHead head) {
        Optional<LetterHead> known = rows.find(head.id()).map(LetterRow::head);
        if (known.filter(head::equals).isPresent()) {
            store.delete(LetterKeys.letter(head.id()));
        }
        deleteHead(head);
    }

    /** Counts anew: a crash may have kept a head in the changelog and lost its count. */
    void recount() {
        Map<String, LetterGroup> counted = rows.countedGroups();
        for (LetterGroup known : rows.groups()) {
            if (!counted.containsKey(known.fingerprint())) {
                store.delete(LetterKeys.group(known.fingerprint()));
            }
        }
        counted.values().stream()
                .filter(group -> !rows.group(group.fingerprint()).filter(group::equals).isPresent())
                .forEach(this::putGroup);
        count = counted.values().stream().mapToLong(LetterGroup::count).sum();
    }
}
