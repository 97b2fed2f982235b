package io.kagu.statusapi.core;

import io.kagu.common.job.JobStatus;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which page of the list of jobs is asked for.
 *
 * @param states those that are meant
 * @param since jobs of this time or later
 * @param limit jobs of a page at most
 * @param after the place of the last job of the page before, newest first
 */
public record JobListQuery(
        Set<JobStatus> states,
        Optional<String> model,
        Optional<String> tenant,
        Optional<String> priority,
        Optional<Instant> since,
        int limit,
        Optional<ListPlace> after) {

    private static final List<String> FIELDS =
            List.of("state", "model", "tenant", "priority", "since", "limit", "cursor");

    /**
     * The query in a request's parameters, of which each may be given once.
     *
     * @throws FieldException naming the parameter and what is allowed
     */
    public static JobListQuery read(Map<String, List<String>> parameters) {
        Map<String, String> fields = Fields.once(parameters, FIELDS);
        Optional<String> state = Optional.ofNullable(fields.get("state"));
        return new JobListQuery(
                state.map(JobListQuery::states).orElse(EnumSet.allOf(JobStatus.class)),
                Fields.text(fields, "model"),
                Fields.text(fields, "tenant"),
                Fields.priority(fields).map(priority -> priority.word()),
                Fields.time(fields, "since"),
                Fields.limit(fields),
                Optional.ofNullable(fields.get("cursor")).map(ListPlace::ofCursor));
    }

    private static Set<JobStatus> states(String words) {
        Set<JobStatus> states = EnumSet.noneOf(JobStatus.class);
        for (String word : words.split(",", -1)) {
            states.add(state(word));
        }
        return states;
    }

    private static JobStatus state(String word) {
        try {
            return JobStatus.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            String allowed =
                    Arrays.stream(JobStatus.values())
                            .map(JobStatus::name)
                            .collect(Collectors.joining(", "));
            throw new FieldException("state", "one or more, with commas, of " + allowed);
        }
    }

    /** The places that are meant; the first of them was told before if it is {@link #after}. */
    public ListRange range() {
        return new ListRange(
                since.map(time -> new ListPlace(time.toEpochMilli(), "")).orElse(ListPlace.FIRST),
                after.orElse(ListPlace.LAST));
    }

    /** Whether a job that a list holds may be meant. */
    public boolean matches(JobEntry job) {
        return matches(job.state(), job.labels());
    }

    /** Whether a job is meant. */
    public boolean matches(JobSummary job) {
        return matches(
                job.state(), new JobLabels(job.priority().word(), job.model(), job.tenant()));
    }

    private boolean matches(JobStatus state, JobLabels labels) {
        return states.contains(state)
                && agrees(model, labels.model())
                && agrees(tenant, labels.tenant())
                && agrees(priority, labels.priority());
    }

    private static boolean agrees(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }
}
