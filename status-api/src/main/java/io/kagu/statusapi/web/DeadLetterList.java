package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.LetterGroup;
import io.kagu.statusapi.core.LetterHead;
import io.kagu.statusapi.core.LetterQuery;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.query.DeadLetters;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Lists of dead letters and their causes, gathered from all replicas. */
public final class DeadLetterList {

    static final String PATH = "/v1/dlq";

    private static final Map<String, List<String>> SMALLEST = Map.of("limit", List.of("1"));

    private final DeadLetters letters;
    private final ListGathering gathering;
    private final InstantSource clock;

    public DeadLetterList(DeadLetters letters, Replicas replicas, InstantSource clock) {
        this.letters = letters;
        this.gathering = new ListGathering(replicas);
        this.clock = clock;
    }

    /**
     * A page of a list.
     *
     * @param incomplete whether some partitions could not be looked at: their letters are not here
     * @param partitions that were looked at
     * @param groups of the asked class, code and fingerprint, the largest first
     */
    public record Page(
            Instant asOf,
            boolean stale,
            boolean incomplete,
            Set<Integer> missingPartitions,
            Set<Integer> partitions,
            List<LetterHead> deadLetters,
            List<LetterGroup> groups,
            Optional<String> nextCursor) {

        ListPart<LetterHead> part() {
            return new ListPart<>(deadLetters, nextCursor.map(ListPlace::ofCursor), partitions);
        }
    }

    /** The page that a request asks for; a request of another replica is answered from here. */
    Page page(Context ctx) {
        boolean forwarded = JobHop.isForwarded(ctx);
        Page page = gathered(ctx.queryParamMap(), forwarded);
        // Another replica adds the groups up with its own: it needs the small ones too.
        return forwarded ? page : withGroups(page, LetterGroup.largest(page.groups()));
    }

    /** The page that some parameters ask for, of all replicas, with the parts of all groups. */
    public Page page(Map<String, List<String>> parameters) {
        return gathered(parameters, false);
    }

    /** How many letters there are; empty unless all partitions could be looked at. */
    public OptionalLong count() {
        Page page = page(SMALLEST);
        return page.incomplete()
                ? OptionalLong.empty()
                : OptionalLong.of(page.groups().stream().mapToLong(LetterGroup::count).sum());
    }

    private Page gathered(Map<String, List<String>> parameters, boolean forwarded) {
        LetterQuery query = read(parameters);
        List<Page> pages =
                gathering.answers(
                        ListGathering.Question.of(PATH, parameters, forwarded),
                        () -> here(query),
                        Page.class);
        return pageOf(
                ListPart.merged(
                        pages.stream().map(Page::part).toList(), query.limit(), LetterHead::place),
                pages.stream().flatMap(page -> page.groups().stream()).toList(),
                Freshness.oldest(
                        pages.stream()
                                .map(page -> new Freshness(page.asOf(), page.stale()))
                                .toList()));
    }

    private static LetterQuery read(Map<String, List<String>> parameters) {
        try {
            return LetterQuery.read(parameters);
        } catch (FieldException e) {
            throw DeadLetterProblems.field(e);
        }
    }

    private Page here(LetterQuery query) {
        ListPart<LetterHead> part = letters.page(query);
        return pageOf(
                part,
                letters.groups(query.filter()),
                letters.freshness(part.partitions(), clock.instant()));
    }

    private Page pageOf(ListPart<LetterHead> part, List<LetterGroup> groups, Freshness freshness) {
        Set<Integer> missing = gathering.missing(part.partitions());
        return new Page(
                freshness.asOf(),
                freshness.stale(),
                !missing.isEmpty(),
                missing,
                part.partitions(),
                part.items(),
                groups,
                part.next().map(ListPlace::cursor));
    }

    private static Page withGroups(Page page, List<LetterGroup> groups) {
        return new Page(
                page.asOf(),
                page.stale(),
                page.incomplete(),
                page.missingPartitions(),
                page.partitions(),
                page.deadLetters(),
                groups,
                page.nextCursor());
    }
}
