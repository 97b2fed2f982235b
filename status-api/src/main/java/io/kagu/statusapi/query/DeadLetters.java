package io.kagu.statusapi.query;

import io.kagu.common.job.JobIds;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.LetterFilter;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterQuery;
import io.kagu.statusapi.core.LetterRow;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.core.RequeueRequest;
import io.kagu.statusapi.fold.DeadLetterRows;
import io.kagu.statusapi.fold.FoldStreams;
import io.kagu.statusapi.fold.JobPartitions;
import io.kagu.statusapi.fold.ListScan;

import org.apache.kafka.streams.errors.InvalidStateStoreException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Finds dead letters: one by its job, lists and groups over all partitions that this instance owns.
 */
public final class DeadLetters {

    /** Heads that one page looks at; a page may be short and still not be the last. */
    private static final int MAX_LOOKED_AT = 50_000;

    /** How long a letter is waited for that may stand in the topic and not be folded yet. */
    private static final Duration APPEARANCE = Duration.ofSeconds(2);

    private final FoldStreams streams;
    private final FoldFrontier frontier;
    private final JobPartitions partitions;

    /**
     * @param frontier of the fold in the dead letters
     */
    public DeadLetters(FoldStreams streams, FoldFrontier frontier, JobPartitions partitions) {
        this.streams = streams;
        this.frontier = frontier;
        this.partitions = partitions;
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
            return LetterGroup.largest(heads.stream().map(LetterGroup::of).toList());
        }
    }

    /**
     * The letter of a job; there is none if the fold has read all letters that stood in the topic.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public Optional<LetterRow> find(String id) {
        if (!JobIds.valid(id)) {
            return Optional.empty();
        }
        Optional<LetterRow> known = streams.lettersOf(id).find(id);
        if (known.isEmpty()) {
            awaitAll(partitions.of(id));
            return streams.lettersOf(id).find(id);
        }
        return known;
    }

    private void awaitAll(int partition) {
        try {
            frontier.passed(partition)
                    .copy()
                    .orTimeout(APPEARANCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException | CancellationException e) {
            throw new InvalidStateStoreException("dead letters are not read to their end", e);
        }
    }

    /**
     * One page of the letters that are asked for.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public ListPart<LetterHead> page(LetterQuery query) {
        LetterFilter filter = query.filter();
        ListPlace last =
                query.after()
                        .filter(after -> after.compareTo(filter.last()) < 0)
                        .orElse(filter.last());
        DeadLetterRows.Range range =
                new DeadLetterRows.Range(filter.fingerprint(), filter.first(), last);
        List<LetterHead> found = new ArrayList<>();
        Optional<ListPlace> at = query.after();
        Map<Integer, DeadLetterRows> rows = streams.letters();
        try (MergedScans<LetterHead> heads =
                MergedScans.newestFirst(scans(rows, part -> part.newestFirst(range)))) {
            for (int i = 0; i < MAX_LOOKED_AT && found.size() < query.limit(); i++) {
                if (!heads.hasNext()) {
                    return new ListPart<>(found, Optional.empty(), rows.keySet());
                }
                LetterHead head = heads.next();
                if (filter.matches(head) && !query.after().equals(Optional.of(head.place()))) {
                    found.add(head);
                }
                at = Optional.of(head.place());
            }
            return new ListPart<>(found, heads.hasNext() ? at : Optional.empty(), rows.keySet());
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
        try (MergedScans<LetterHead> heads =
                MergedScans.oldestFirst(
                        scans(streams.letters(), part -> part.oldestFirst(range)))) {
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

    private static List<ListScan<LetterHead>> scans(
            Map<Integer, DeadLetterRows> rows,
            Function<DeadLetterRows, ListScan<LetterHead>> scan) {
        return rows.values().stream().map(scan).toList();
    }

    /** Of which time what is told of some partitions is true. */
    public Freshness freshness(Set<Integer> partitions, Instant now) {
        return streams.freshness(partitions, now);
    }

    /**
     * All groups with class, code and fingerprint as asked for; each counts all its letters.
     *
     * @throws InvalidStateStoreException while it cannot be said
     */
    public List<LetterGroup> groups(LetterFilter filter) {
        return streams.letters().values().stream()
                .flatMap(rows -> rows.groups().stream())
                .filter(filter::matches)
                .toList();
    }
}
