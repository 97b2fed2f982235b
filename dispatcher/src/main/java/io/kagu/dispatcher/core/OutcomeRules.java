package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.JobRow.Tally;
import io.kagu.dispatcher.core.JobState.Live;
import io.kagu.dispatcher.core.JobState.Reason;
import io.kagu.dispatcher.core.JobState.Running;
import io.kagu.dispatcher.core.Outcome.Aborted;
import io.kagu.dispatcher.core.Outcome.Completed;
import io.kagu.dispatcher.core.Outcome.Fault;
import io.kagu.dispatcher.core.Outcome.Lost;
import io.kagu.dispatcher.core.Outcome.Overloaded;
import io.kagu.dispatcher.core.Outcome.Rejected;
import io.kagu.dispatcher.core.PoolEvent.Moved;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What an outcome does to a job. */
final class OutcomeRules {

    private static final long SHORTEST_PAUSE = 1_000;

    private final RetryRules rules;
    private final Predicate<String> servesOthers;

    /**
     * @param servesOthers whether a GPU answers the calls of other jobs well
     */
    OutcomeRules(RetryRules rules, Predicate<String> servesOthers) {
        this.rules = rules;
        this.servesOthers = servesOthers;
    }

    /**
     * The job's move; empty if the outcome is late and changes nothing.
     *
     * @param row a live job
     */
    Optional<PoolEvent> move(JobRow row, AttemptOutcome outcome, long now) {
        return counts(row, outcome) ? Optional.of(moved(row, outcome, now)) : Optional.empty();
    }

    /**
     * An outcome counts for the running call. It also counts above the stored attempt, which a
     * crash may have lost; and a response to the newest attempt still ends a job that was taken for
     * lost and waits again. It does not count for a call of the same number that another executor
     * makes: a crash lost the first one, and its number was given again.
     */
    private static boolean counts(JobRow row, AttemptOutcome outcome) {
        if (outcome.attempt() != row.attempt()) {
            return outcome.attempt() > row.attempt();
        }
        return row.state() instanceof Running running
                ? running.lease().executor().equals(outcome.executor())
                : outcome.outcome() instanceof Completed;
    }

    private PoolEvent moved(JobRow row, AttemptOutcome end, long now) {
        Live live = live(row);
        boolean cancelled = live instanceof Running running && running.cancelRequested();
        return switch (end.outcome()) {
            case Completed c -> {
                JobRow ended = row.ended(end, "", now);
                yield Moved.of(row, ended.to(live.complete(c.status(), now), now));
            }
            case Rejected r -> {
                JobRow ended = row.ended(end, r.reason(), now);
                yield Moved.of(row, ended.to(live.die(new Reason(r.code(), r.reason()), now), now));
            }
            case Overloaded o when !cancelled -> overloaded(row, end, o, now);
            case Fault f when !cancelled -> fault(row, end, f, now);
            case Lost l when !cancelled -> lost(row, end, l.reason(), now);
            case Aborted a when !cancelled -> lost(row, end, "aborted by its executor", now);
            case Overloaded o -> cancelled(row, end, o.reason(), now);
            case Fault f -> cancelled(row, end, f.reason(), now);
            case Lost l -> cancelled(row, end, l.reason(), now);
            case Aborted a -> cancelled(row, end, "", now);
        };
    }

    private static PoolEvent cancelled(JobRow row, AttemptOutcome end, String error, long now) {
        return Moved.of(row, row.ended(end, error, now).to(live(row).cancel(now), now));
    }

    private PoolEvent overloaded(JobRow row, AttemptOutcome end, Overloaded over, long now) {
        Tally tally = row.tally().overload();
        long wished = over.retryAfterMillis().orElse(backoff(row.id(), tally.overloads()));
        long pause = Math.clamp(wished, SHORTEST_PAUSE, rules.backoffMax());
        JobRow ended = row.ended(end, over.reason(), now).counting(tally);
        Reason reason = new Reason("overloaded", over.reason());
        return Moved.of(row, ended.to(live(row).retry(due(row, now + pause), reason), now));
    }

    private PoolEvent fault(JobRow row, AttemptOutcome end, Fault fault, long now) {
        Tally tally = row.tally().fault();
        JobRow ended = row.ended(end, fault.reason(), now).counting(tally);
        List<Attempt> alone = failedAlone(ended);
        long gpus = alone.stream().map(Attempt::gpu).distinct().count();
        if (gpus > 1 && alone.size() >= rules.poisonFaults()) {
            String message =
                    "failed %d times on %d GPUs that serve others, the last: %s"
                            .formatted(alone.size(), gpus, fault.reason());
            return Moved.of(row, ended.to(live(row).die(new Reason("poison", message), now), now));
        }
        if (tally.faults() >= row.job().maxAttempts().orElse(rules.maxAttempts())) {
            String message =
                    "%d attempts failed, the last: %s".formatted(tally.faults(), fault.reason());
            Reason reason = new Reason("attempts_exhausted", message);
            return Moved.of(row, ended.to(live(row).die(reason, now), now));
        }
        Reason reason = new Reason("fault", fault.reason());
        long due = due(row, now + backoff(row.id(), tally.faults()));
        return Moved.of(row, ended.to(live(row).retry(due, reason), now));
    }

    /** Attempts that failed on GPUs where those of other jobs do not. */
    private List<Attempt> failedAlone(JobRow row) {
        return row.attemptsOfRun().stream()
                .filter(Attempt::faulted)
                .filter(failed -> servesOthers.test(failed.gpu()))
                .toList();
    }

    private PoolEvent lost(JobRow row, AttemptOutcome end, String why, long now) {
        Tally tally = row.tally().loss();
        JobRow ended = row.ended(end, why, now).counting(tally);
        if (tally.losses() > rules.maxLosses()) {
            String message = "its call was lost %d times".formatted(tally.losses());
            Reason reason = new Reason("lost_too_often", message);
            return Moved.of(row, ended.to(live(row).die(reason, now), now));
        }
        return Moved.of(row, ended.to(live(row).requeue(now), now));
    }

    private static Live live(JobRow row) {
        return (Live) row.state();
    }

    /** A retry never waits past the deadline: there it expires. */
    private static long due(JobRow row, long wished) {
        return Math.min(wished, row.deadline());
    }

    /** Doubles from the base, spread by a fifth so that jobs that failed together part. */
    private long backoff(String jobId, int failures) {
        long doubled = rules.backoffBase() << Math.min(20, failures - 1);
        long capped = Math.min(doubled, rules.backoffMax());
        int spread = Math.floorMod((jobId + '#' + failures).hashCode(), 400);
        return capped * (800 + spread) / 1000;
    }
}
