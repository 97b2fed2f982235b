package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.FieldException;
import io.kagu.statusapi.core.Freshness;
import io.kagu.statusapi.core.JobListQuery;
import io.kagu.statusapi.core.JobSummary;
import io.kagu.statusapi.core.ListPart;
import io.kagu.statusapi.core.ListPlace;
import io.kagu.statusapi.query.JobLists;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list of jobs. */
final class JobListHandler {

    static final String PATH = "/v1/jobs";

    private final JobLists lists;
    private final ListGathering gathering;
    private final InstantSource clock;

    JobListHandler(JobLists lists, ListGathering gathering, InstantSource clock) {
        this.lists = lists;
        this.gathering = gathering;
        this.clock = clock;
    }

    /**
     * A page of jobs.
     *
     * @param incomplete whether some partitions could not be looked at: their jobs are not here
     * @param partitions that were looked at
     */
    record Answer(
            Instant asOf,
            boolean stale,
            boolean incomplete,
            Set<Integer> missingPartitions,
            Set<Integer> partitions,
            List<JobSummary> jobs,
            Optional<String> nextCursor) {

        ListPart<JobSummary> part() {
            return new ListPart<>(jobs, nextCursor.map(ListPlace::ofCursor), partitions);
        }
    }

    void get(Context ctx) {
        HttpServer.json(ctx, 200, page(query(ctx), ListGathering.Question.of(ctx, PATH)));
    }

    /** The newest jobs. */
    Answer newest(int limit) {
        String asText = Integer.toString(limit);
        return page(
                JobListQuery.read(Map.of("limit", List.of(asText))),
                new ListGathering.Question(PATH + "?limit=" + asText, false));
    }

    private Answer page(JobListQuery query, ListGathering.Question question) {
        List<Answer> answers = gathering.answers(question, () -> here(query), Answer.class);
        ListPart<JobSummary> merged =
                ListPart.merged(
                        answers.stream().map(Answer::part).toList(),
                        query.limit(),
                        JobSummary::place);
        Freshness freshness =
                Freshness.oldest(
                        answers.stream()
                                .map(answer -> new Freshness(answer.asOf(), answer.stale()))
                                .toList());
        return answer(merged, freshness);
    }

    private Answer here(JobListQuery query) {
        ListPart<JobSummary> part = lists.page(query);
        return answer(part, lists.freshness(part.partitions(), clock.instant()));
    }

    private Answer answer(ListPart<JobSummary> part, Freshness freshness) {
        Set<Integer> missing = gathering.missing(part.partitions());
        return new Answer(
                freshness.asOf(),
                freshness.stale(),
                !missing.isEmpty(),
                missing,
                part.partitions(),
                part.items(),
                part.next().map(ListPlace::cursor));
    }

    private static JobListQuery query(Context ctx) {
        try {
            return JobListQuery.read(ctx.queryParamMap());
        } catch (FieldException e) {
            throw new ProblemException(Problem.field(422, "invalid_field", e.field(), e.allowed()));
        }
    }
}
