package io.kagu.dispatcher.core;

import io.kagu.common.job.Choice;
import io.kagu.common.job.Job;
import io.kagu.common.job.JobView;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the owner keeps of a job beside its body: the unit of durability. The pool's heap is a
 * fold over these rows.
 *
 * @param model the model's canonical name
 * @param sequence counts the pool's jobs in the order of intake
 * @param tag the ticket's place inside its lane, given at intake, kept for life; 0 in rows of
 *     before
 * @param cost tokens that the job is taken to need, from 1 to {@value #MAX_COST}
 * @param version counts transitions; readers of the view keep the highest
 * @param bodyDigest tells another body under the same id
 * @param queuedAt when the owner took the job in
 * @param deadline after which no GPU takes it
 * @param attempt number of the newest attempt; 0 before the first
 * @param tally what the attempts so far count for
 * @param attempts the newest attempts, oldest first
 */
public record JobRow(
        Job job,
        String pool,
        String model,
        long sequence,
        long tag,
        long cost,
        int run,
        long version,
        long bodyDigest,
        long queuedAt,
        long deadline,
        JobState state,
        int attempt,
        Tally tally,
        List<Attempt> attempts,
        long updatedAt) {

    /** Tokens of the largest job that the shares of tenants tell from a larger one. */
    public static final long MAX_COST = 10_000_000;

    public JobRow {
        cost = Math.clamp(cost, 1, MAX_COST);
        attempts = List.copyOf(attempts);
    }

    /**
     * What a job's attempts count for.
     *
     * @param faults failed attempts; the budget is the job's maximum of attempts
     * @param losses calls lost with their executor
     * @param overloads calls refused by a busy GPU
     */
    public record Tally(int faults, int losses, int overloads) {

        /** Nothing tried yet. */
        public static final Tally NONE = new Tally(0, 0, 0);

        Tally fault() {
            return new Tally(faults + 1, losses, overloads);
        }

        Tally loss() {
            return new Tally(faults, losses + 1, overloads);
        }

        Tally overload() {
            return new Tally(faults, losses, overloads + 1);
        }
    }

    /** The job's id. */
    public String id() {
        return job.id();
    }

    /** Whether something will still move this job on. */
    public boolean live() {
        return state instanceof JobState.Live;
    }

    /** The lease of a running job. */
    public Optional<Lease> lease() {
        return state instanceof JobState.Running running
                ? Optional.of(running.lease())
                : Optional.empty();
    }

    /** Whether an outcome is of this job's newest call. */
    boolean isNewest(AttemptOutcome outcome) {
        return outcome.attempt() == attempt
                && !attempts.isEmpty()
                && attempts.getLast().isOf(outcome);
    }

    /** Whether a call of this run ever began: it has had, or waited for, its share of its lane. */
    boolean begun() {
        return !tally.equals(Tally.NONE) || !(state instanceof JobState.Queued);
    }

    /** The attempts of this run among those that are remembered. */
    List<Attempt> attemptsOfRun() {
        return attempts.stream().filter(call -> call.startedAt() >= queuedAt).toList();
    }

    /** A row just taken in, as the run after one that ended. */
    JobRow following(int lastRun, long lastVersion, List<Attempt> soFar, long newDeadline) {
        int newest = soFar.isEmpty() ? 0 : soFar.getLast().number();
        return new JobRow(
                job,
                pool,
                model,
                sequence,
                tag,
                cost,
                lastRun + 1,
                lastVersion + 1,
                bodyDigest,
                queuedAt,
                newDeadline,
                state,
                newest,
                tally,
                soFar,
                updatedAt);
    }

    /** One of the attempts that it remembers; empty for others. */
    Optional<Attempt> attempt(int number) {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).number() == number) {
                return Optional.of(attempts.get(i));
            }
        }
        return Optional.empty();
    }

    /** The row after a transition. */
    JobRow to(JobState next, long now) {
        return with(next, version + 1, attempts, now);
    }

    /** The same row in another state, with no transition counted. */
    JobRow in(JobState other) {
        return with(other, version, attempts, updatedAt);
    }

    /** The row after a lease was granted. */
    JobRow started(JobState.Running running, Choice why, long now) {
        List<Attempt> grown = new ArrayList<>(attempts);
        grown.add(Attempt.begun(running.lease(), why));
        return with(running, version + 1, grown, now);
    }

    /** The row with the end of an attempt written down, before its state moves on. */
    JobRow ended(AttemptOutcome outcome, String error, long now) {
        List<Attempt> changed = new ArrayList<>(attempts);
        if (changed.isEmpty() || changed.getLast().number() < outcome.attempt()) {
            changed.add(Attempt.unseen(outcome));
        }
        changed.replaceAll(a -> a.number() == outcome.attempt() ? a.ended(outcome, error, now) : a);
        return with(state, version, changed, updatedAt);
    }

    /** The row with other counts, before its state moves on. */
    JobRow counting(Tally changed) {
        return new JobRow(
                job,
                pool,
                model,
                sequence,
                tag,
                cost,
                run,
                version,
                bodyDigest,
                queuedAt,
                deadline,
                state,
                attempt,
                changed,
                attempts,
                updatedAt);
    }

    /** The row ended as readers were told, or as a cancel asked before it came. */
    JobRow endedEarly(EarlyEnd end) {
        List<Attempt> all = end.attempts().isEmpty() ? attempts : end.attempts();
        return with(end.state(), Math.max(version, end.version()), all, end.state().at())
                .numbered(Math.max(attempt, end.attempt()));
    }

    /**
     * The row of a job that another pool had before. Readers keep the highest version, so this one
     * counts on from there; what a call of this pool began already is left as it is.
     */
    JobRow goingOn(Handover before, long now) {
        long next = Math.max(version, before.version()) + 1;
        return attempt > 0
                ? with(state, next, attempts, now)
                : new JobRow(
                        job,
                        pool,
                        model,
                        sequence,
                        tag,
                        cost,
                        before.run(),
                        next,
                        bodyDigest,
                        before.queuedAt(),
                        before.deadline(),
                        state,
                        before.attempt(),
                        before.tally(),
                        before.attempts(),
                        now);
    }

    private JobRow numbered(int newestAttempt) {
        return new JobRow(
                job,
                pool,
                model,
                sequence,
                tag,
                cost,
                run,
                version,
                bodyDigest,
                queuedAt,
                deadline,
                state,
                newestAttempt,
                tally,
                attempts,
                updatedAt);
    }

    private JobRow with(JobState newState, long newVersion, List<Attempt> all, long now) {
        int newest = all.isEmpty() ? attempt : Math.max(attempt, all.getLast().number());
        int surplus = Math.max(0, all.size() - JobView.MAX_ATTEMPTS);
        return new JobRow(
                job,
                pool,
                model,
                sequence,
                tag,
                cost,
                run,
                newVersion,
                bodyDigest,
                queuedAt,
                deadline,
                newState,
                newest,
                tally,
                surplus == 0 ? all : all.subList(surplus, all.size()),
                now);
    }
}
