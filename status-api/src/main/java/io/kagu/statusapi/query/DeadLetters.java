package io.kagu.statusapi.query;

import io.kagu.common.job.JobIds;
import io.kagu.statusapi.core.LetterFilter;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterPlace;
import io.kagu.statusapi.core.LetterQuery;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.fold.DeadLetterRows;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.LetterScan;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds dead letters: one by its job, lists and groups over all partitions that this instance owns.
 */
public final class DeadLetters {

    /** Groups that an answer has at most: the largest. */
    public static final int MAX_GROUPS = 100;

    /** Heads that one page looks at; a page may be short and still not be the last. */
    private static final int MAX_LOOKED_AT = 50_000;

    private final FoldStreams streams;

    public DeadLetters(FoldStreams streams) {
        this.streams = streams;
    }

    /**
     * A page of a list, newest first.
     *
     * @param next where the next page goes on, if there may be one
     */
    public record Page(List<LetterHead> heads, Optional<LetterPlace> next) {

        public Page {
            heads = List.copyOf(heads);
        }
    }

    /**
     * Letters that can be queued again.
     *
     * @param more whether others match beyond the limit
     */
    public record Selection(List<LetterHead> heads, boolean more) {

        public Selection {
            heads = List.copyOf(heads);
        }

        /** The groups of these letters alone, the largest. */
        public List<LetterGroup> groups() {
            return largest(heads.stream().map(LetterGroup::of).toList());
        }
    }

    /**
     * The letter of a job.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public Optional<LetterRow> find(String id) {
        return JobIds.valid(id) ? streams.lettersOf(id).find(id) : Optional.empty();
    }

    /**
     * One page of the letters that are asked for.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public Page page(LetterQuery query) {
        LetterFilter filter = query.filter();
        LetterPlace last =
                query.after()
                        .filter(after -> after.compareTo(filter.last()) < 0)
                        .orElse(filter.last());
        DeadLetterRows.Range range =
                new DeadLetterRows.Range(filter.fingerprint(), filter.first(), last);
        List<LetterHead> found = new ArrayList<>();
        Optional<LetterPlace> at = query.after();
        try (MergedLetters heads =
                MergedLetters.newestFirst(scans(rows -> rows.newestFirst(range)))) {
            for (int i = 0; i < MAX_LOOKED_AT && found.size() < query.limit(); i++) {
                if (!heads.hasNext()) {
                    return new Page(found, Optional.empty());
                }
                LetterHead head = heads.next();
                if (filter.matches(head) && !query.after().equals(Optional.of(head.place()))) {
                    found.add(head);
                }
                at = Optional.of(head.place());
            }
            return new Page(found, heads.hasNext() ? at : Optional.empty());
        }
    }

    /**
     * The letters to requeue, oldest first.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public Selection select(RequeueRequest request) {
        LetterFilter filter = request.filter();
        DeadLetterRows.Range range =
                new DeadLetterRows.Range(filter.fingerprint(), filter.first(), filter.last());
        List<LetterHead> found = new ArrayList<>();
        try (MergedLetters heads =
                MergedLetters.oldestFirst(scans(rows -> rows.oldestFirst(range)))) {
            while (heads.hasNext()) {
                LetterHead head = heads.next();
                if (head.isOfJob() && filter.matches(head)) {
                    if (found.size() == request.limit()) {
                        return new Selection(found, true);
                    }
                    found.add(head);
                }
            }
        }
        return new Selection(found, false);
    }

    private List<LetterScan> scans(Function<DeadLetterRows, LetterScan> scan) {
        return streams.letters().stream().map(scan).toList();
    }

    /**
     * The largest groups with class, code and fingerprint as asked for; each counts all its
     * letters.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public List<LetterGroup> groups(LetterFilter filter) {
        return largest(
                streams.letters().stream()
                        .flatMap(rows -> rows.groups().stream())
                        .filter(filter::matches)
                        .toList());
    }

    private static List<LetterGroup> largest(List<LetterGroup> parts) {
        Map<String, LetterGroup> groups = new TreeMap<>();
        parts.forEach(part -> groups.merge(part.fingerprint(), part, LetterGroup::plus));
        return groups.values().stream()
                .sorted(LetterGroup.LARGEST_FIRST)
                .limit(MAX_GROUPS)
                .toList();
    }
}
