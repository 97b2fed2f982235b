package io.kagu.bench.chaos.core;

import io.kagu.common.job.AttemptView;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.JobView;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that the topics told of one job, in the order of their records. Not safe for threads. */
public final class JobTrail {

    private final List<Told> told = new ArrayList<>();
    private final Set<JobStatus> ends = EnumSet.noneOf(JobStatus.class);
    private final SortedMap<Integer, Ended> attempts = new TreeMap<>();
    private final SortedSet<String> results = new TreeSet<>();
    private boolean deadLetter;
    private long submittedAt;

    /**
     * A state that the owner told of.
     *
     * @param since when the job came into it: queued, or begun to be called
     * @param gpu of the latest attempt; empty if there was none
     * @param executor who makes or made that attempt's call
     */
    public record Told(JobStatus state, long since, int attempt, String gpu, String executor) {}

    /** How an attempt ended, as it was told last. */
    record Ended(String executor, String ending, String error) {}

    /** Takes in an event; those that are not the owner's say nothing of what it knew. */
    public void add(JobEvent event) {
        JobView view = event.job();
        submittedAt = ChronoUnit.MICROS.between(Instant.EPOCH, view.submittedAt());
        if (event.type() == JobEvent.Type.JOB_ACCEPTED
                || event.type() == JobEvent.Type.SUBMISSION_CONFLICT) {
            return;
        }
        if (view.state().terminal()) {
            ends.add(view.state());
        }
        view.attempts().forEach(this::add);
        told.add(told(view));
    }

    private void add(AttemptView attempt) {
        attempt.ending()
                .ifPresent(ending ->
                        attempts.put(
                                attempt.number(),
                                new Ended(attempt.executor(), ending, attempt.error().orElse(""))));
    }

    private static Told told(JobView view) {
        Optional<AttemptView> last =
                view.attempts().isEmpty()
                        ? Optional.empty()
                        : Optional.of(view.attempts().getLast());
        Instant since =
                view.state() == JobStatus.RUNNING
                        ? view.startedAt().orElse(view.updatedAt())
                        : view.updatedAt();
        return new Told(
                view.state(),
                ChronoUnit.MICROS.between(Instant.EPOCH, since),
                view.attemptCount(),
                last.map(AttemptView::gpu).orElse(""),
                last.map(AttemptView::executor).orElse(""));
    }

    /** Takes in a result; equal ones are the same result told again. */
    public void addResult(int attempt, String gpu, Instant endedAt) {
        results.add("attempt %d at %s, ended %s".formatted(attempt, gpu, endedAt));
    }

    /** By the one who submitted it, epoch microseconds; 0 if nothing was told of the job. */
    long submittedAt() {
        return submittedAt;
    }

    public void addDeadLetter() {
        deadLetter = true;
    }

    /** Whether the owner told of an end. */
    public boolean ended() {
        return !ends.isEmpty();
    }

    /** The different ends that were told. */
    public Set<JobStatus> ends() {
        return Collections.unmodifiableSet(ends);
    }

    List<Told> told() {
        return told;
    }

    SortedMap<Integer, Ended> attempts() {
        return attempts;
    }

    SortedSet<String> results() {
        return results;
    }

    boolean hasDeadLetter() {
        return deadLetter;
    }
}
