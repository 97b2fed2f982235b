package io.kagu.dispatcher.core;

import io.kagu.common.job.Job;
import io.kagu.dispatcher.core.JobRow.Tally;
import io.kagu.dispatcher.core.JobState.Dead;
import io.kagu.dispatcher.core.JobState.Forwarded;
import io.kagu.dispatcher.core.JobState.Queued;
import io.kagu.dispatcher.core.JobState.Reason;
import io.kagu.dispatcher.core.JobState.Terminal;
import io.kagu.dispatcher.core.PoolCommand.Adopt;
import io.kagu.dispatcher.core.PoolCommand.Requeue;
import io.kagu.dispatcher.core.PoolCommand.Submit;
import io.kagu.dispatcher.core.PoolEvent.Conflicted;
import io.kagu.dispatcher.core.PoolEvent.Moved;
import io.kagu.dispatcher.core.PoolEvent.Repeated;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a job that is submitted, or that is to have another run, starts with. */
final class IntakeRules {

    private final String pool;
    private final PoolRules rules;
    private final FairQueue waiting;
    private final EarlyEnds earlyEnds;

    IntakeRules(String pool, PoolRules rules, FairQueue waiting, EarlyEnds earlyEnds) {
        this.pool = pool;
        this.rules = rules;
        this.waiting = waiting;
        this.earlyEnds = earlyEnds;
    }

    /**
     * Where the next job comes in.
     *
     * @param sequence its own
     * @param live jobs of the pool that have not ended
     */
    record Entrance(long sequence, int live) {}

    /** A known id starts nothing: what is known of it is told again. */
    List<PoolEvent> submit(Submit submit, Optional<JobRow> known, Entrance entrance) {
        if (known.isPresent()) {
            return repeat(known.get(), submit.bodyDigest());
        }
        JobRow fresh = first(submit, entrance);
        return List.of(moved(Optional.empty(), admitted(fresh, entrance)));
    }

    private static List<PoolEvent> repeat(JobRow known, long bodyDigest) {
        PoolEvent again = new Repeated(known, 0);
        return known.bodyDigest() == bodyDigest
                ? List.of(again)
                : List.of(again, new Conflicted(known));
    }

    /** Only the run that is named as the dead one has a next: the same command twice starts one. */
    List<PoolEvent> requeue(Requeue requeue, Optional<JobRow> known, Entrance entrance) {
        boolean done =
                known.isPresent()
                        && (known.get().run() > requeue.run()
                                || !(known.get().state() instanceof Dead));
        if (done) {
            return PoolEvent.withoutLetter(known.get(), requeue.submit().now());
        }
        JobRow next = next(requeue, known, entrance);
        return List.of(moved(known, admitted(next, entrance)));
    }

    /** What has a higher number here is newer than the record, which then came again. */
    List<PoolEvent> adopt(Adopt adopt, Optional<JobRow> known, Entrance entrance) {
        Submit submit = adopt.submit();
        Handover before = adopt.before();
        boolean newer = known.filter(row -> row.version() > before.version()).isEmpty();
        if (newer && known.filter(row -> !gone(row, before)).isEmpty()) {
            JobRow fresh = first(submit, entrance).goingOn(before, submit.now());
            Optional<JobRow> ended = known.filter(row -> row.state() instanceof Terminal);
            return List.of(moved(ended, admitted(fresh, entrance)));
        }
        JobRow row = known.orElseThrow();
        return newer && row.state() instanceof Queued
                ? List.of(Moved.of(row, row.goingOn(before, submit.now())))
                : repeat(row, submit.bodyDigest());
    }

    /** Whether nothing is left here of the run that comes. */
    private static boolean gone(JobRow row, Handover before) {
        return row.state() instanceof Forwarded
                || (row.state() instanceof Terminal && row.run() < before.run());
    }

    private JobRow admitted(JobRow row, Entrance entrance) {
        Optional<EarlyEnd> early = earlyEnds.of(row.id(), row.run());
        if (early.isPresent()) {
            return early.get().of(row);
        }
        long now = row.updatedAt();
        if (now >= row.deadline()) {
            return row.in(new JobState.Expired(now));
        }
        if (entrance.live() >= rules.capacity()) {
            String message = "the pool holds its maximum of " + rules.capacity() + " live jobs";
            return row.in(new Dead(new Reason("overflow", message), now));
        }
        return row;
    }

    private JobRow first(Submit submit, Entrance entrance) {
        long deadline =
                submit.job().deadline().map(Instant::toEpochMilli).orElse(latest(submit.now()));
        return new JobRow(
                submit.job(),
                pool,
                submit.model(),
                entrance.sequence(),
                waiting.tag(submit.job(), submit.model()),
                submit.cost(),
                1,
                1,
                submit.bodyDigest(),
                submit.now(),
                deadline,
                new Queued(submit.now()),
                0,
                Tally.NONE,
                List.of(),
                submit.now());
    }

    /** Attempts and versions go on from the last run; everything that bounds a run starts anew. */
    private JobRow next(Requeue requeue, Optional<JobRow> known, Entrance entrance) {
        JobRow fresh = first(requeue.submit(), entrance);
        JobRow told =
                fresh.following(
                        requeue.run(), requeue.version(), requeue.attempts(), deadline(requeue));
        return known.filter(row -> row.run() == requeue.run())
                .map(row ->
                        fresh.following(
                                row.run(), row.version(), row.attempts(), deadline(requeue)))
                .orElse(told);
    }

    /** A deadline that has passed since would end the run that somebody wants now. */
    private long deadline(Requeue requeue) {
        Job job = requeue.submit().job();
        long now = requeue.submit().now();
        return job.deadline()
                .map(Instant::toEpochMilli)
                .filter(own -> own > now)
                .orElse(latest(now));
    }

    private long latest(long now) {
        return now + rules.maxWait();
    }

    private static Moved moved(Optional<JobRow> from, JobRow row) {
        return new Moved(JobViews.typeOf(row.state()), from, row);
    }
}
