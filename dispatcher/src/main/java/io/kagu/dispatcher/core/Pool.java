package io.kagu.dispatcher.core;

import io.kagu.common.job.JobPlace;
import io.kagu.common.job.QueueStatus;
import io.kagu.dispatcher.core.JobState.Forwarded;
import io.kagu.dispatcher.core.JobState.Queued;
import io.kagu.dispatcher.core.JobState.Retrying;
import io.kagu.dispatcher.core.JobState.Running;
import io.kagu.dispatcher.core.PoolEvent.AbortAsked;
import io.kagu.dispatcher.core.PoolEvent.BreakerRestored;
import io.kagu.dispatcher.core.PoolEvent.CallRemembered;
import io.kagu.dispatcher.core.PoolEvent.CancelForwarded;
import io.kagu.dispatcher.core.PoolEvent.Cleared;
import io.kagu.dispatcher.core.PoolEvent.Conflicted;
import io.kagu.dispatcher.core.PoolEvent.EndRemembered;
import io.kagu.dispatcher.core.PoolEvent.GpusChanged;
import io.kagu.dispatcher.core.PoolEvent.LetterWithdrawn;
import io.kagu.dispatcher.core.PoolEvent.Moved;
import io.kagu.dispatcher.core.PoolEvent.Paused;
import io.kagu.dispatcher.core.PoolEvent.Repeated;
import io.kagu.dispatcher.core.PoolEvent.ResultRepeated;
import io.kagu.dispatcher.core.PoolEvent.Resumed;
import io.kagu.dispatcher.core.PoolEvent.SidecarsRead;
import io.kagu.dispatcher.core.PoolEvent.Suspected;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pool's decisions. {@link #decide} changes nothing and says what should happen; {@link #apply}
 * is the only mutator and serves the live run and the rebuild alike. The heap holds tickets, leases
 * and timers: a fold over the rows of the pool's live jobs.
 */
public final class Pool {

    private final String name;
    private final PoolRules rules;
    private final OutcomeRules outcomes;
    private final FairQueue waiting;
    private final PoolGpus gpus;
    private final IntakeRules intake;
    private final Timers deadlines = new Timers();
    private final RetryLine retries = new RetryLine();
    private final RetryBudget budget;
    private final UnservedModels unserved;
    private final LeaseWatch leases;
    private final Pauses pauses = new Pauses();
    private final EarlyEnds earlyEnds = new EarlyEnds();
    private final Departures departures;
    private final ServiceRates rates;
    private final Grants grants;
    private final Outlook outlook;
    private final long ownerSince;
    private long nextSequence = 1;

    /**
     * An empty pool.
     *
     * @param now when its owner took over; an executor that it never heard is silent since then
     */
    public Pool(String name, PoolRules rules, long now) {
        this.name = name;
        this.rules = rules;
        this.ownerSince = now;
        this.waiting = new FairQueue(rules.weights());
        this.gpus = new PoolGpus(rules.breaker());
        this.intake = new IntakeRules(name, rules, waiting, earlyEnds);
        this.outcomes = new OutcomeRules(rules.retries(), gpus::servesWell);
        this.budget = new RetryBudget(rules.retries(), now);
        this.leases = new LeaseWatch(rules, now);
        this.unserved = new UnservedModels(rules.unservedAfter());
        this.departures = new Departures(name, rules.batch(), waiting, unserved);
        this.rates = new ServiceRates(now);
        this.grants = new Grants(waiting, gpus, pauses, rules.abortGrace());
        this.outlook = new Outlook(waiting, gpus, pauses, now);
    }

    /** What should happen; the rows are only read. */
    public List<PoolEvent> decide(PoolCommand command, Rows rows) {
        return command instanceof PoolCommand.Tick(var now)
                ? tick(now, rows)
                : departures.hold(answer(command, rows));
    }

    private List<PoolEvent> answer(PoolCommand command, Rows rows) {
        return switch (command) {
            case PoolCommand.Submit submit ->
                    intake.submit(submit, rows.find(submit.job().id()), entrance());
            case PoolCommand.Adopt adopt ->
                    intake.adopt(adopt, rows.find(adopt.submit().job().id()), entrance());
            case PoolCommand.Requeue requeue ->
                    intake.requeue(requeue, rows.find(requeue.submit().job().id()), entrance());
            case PoolCommand.Discard discard -> discard(discard, rows);
            case PoolCommand.Finish(var outcome, var now) -> finish(outcome, now, rows);
            case PoolCommand.Cancel cancel -> cancel(cancel, rows);
            case PoolCommand.Retry(var jobId, var attempt, var now) ->
                    retry(jobId, attempt, now, rows);
            case PoolCommand.Fill fill -> grants.next(fill, rows).map(List::of).orElse(List.of());
            case PoolCommand.Tick(var now) -> tick(now, rows);
            case PoolCommand.Watch watch -> watch(watch, rows);
            case PoolCommand.UseGpus(var gpus, var homes, var now) ->
                    List.of(new GpusChanged(gpus, homes, now));
            case PoolCommand.PauseQueue(var pause) -> List.of(new Paused(pause));
            case PoolCommand.ResumeQueue(var scope) ->
                    pauses.paused(scope) ? List.of(new Resumed(scope)) : List.of();
            case PoolCommand.ReadSidecars(var readings) -> List.of(new SidecarsRead(readings));
        };
    }

    /** Makes an event true in the heap. */
    public void apply(PoolEvent event) {
        switch (event) {
            case Moved(var type, var from, var to) -> {
                from.filter(JobRow::live).ifPresent(row -> leave(row, to));
                enter(to);
                waiting.follow(from, to);
                gpus.follow(from, to);
                outlook.follow(from, to);
                earlyEnds.forget(to.id());
                departures.follow(to);
            }
            case GpusChanged(var changed, var homes, var now) -> {
                gpus.use(changed);
                departures.use(homes);
                waiting.use(changed);
                unserved.update(waiting.models(), gpus::serves, now);
            }
            case Paused(var pause) -> pauses.add(pause);
            case Resumed(var scope) -> pauses.remove(scope);
            case SidecarsRead(var readings) -> gpus.read(readings);
            case AbortAsked(var lease, var now) -> leases.abortAsked(lease, now);
            case CallRemembered(var call) -> gpus.remember(call);
            case BreakerRestored(var state) -> gpus.restore(state);
            case EndRemembered(var jobId, var end) -> earlyEnds.remember(jobId, end);
            case Suspected(var lease, var barrier) -> leases.suspect(lease, barrier);
            case Cleared(var lease) -> leases.clear(lease);
            case Repeated(var row, var resultOf) -> departures.sent(row.id());
            case CancelForwarded c -> {}
            case Conflicted conflicted -> {}
            case LetterWithdrawn withdrawn -> {}
            case ResultRepeated repeated -> {}
        }
    }

    /**
     * The event that brings a stored live row back into the heap after a takeover. Its lease's time
     * starts again.
     */
    public static PoolEvent restored(JobRow row, long now) {
        JobRow fresh =
                row.state() instanceof Running running ? row.in(running.restarted(now)) : row;
        return new Moved(JobViews.typeOf(row.state()), Optional.empty(), fresh);
    }

    private void enter(JobRow row) {
        nextSequence = Math.max(nextSequence, row.sequence() + 1);
        switch (row.state()) {
            case Queued q -> {
                deadlines.add(row.deadline(), row);
                long since = Math.max(row.updatedAt(), ownerSince);
                unserved.waits(row.model(), gpus.serves(row.model()), since);
            }
            case Running running -> {
                leases.add(running.lease());
                if (running.cancelRequested()) {
                    leases.abortAsked(running.lease(), row.updatedAt());
                }
            }
            case Retrying r -> {
                deadlines.add(row.deadline(), row);
                retries.add(row);
            }
            case Forwarded gone -> {}
            case JobState.Terminal ended -> rates.ended(row, ended.at());
        }
    }

    private void leave(JobRow row, JobRow to) {
        switch (row.state()) {
            case Queued q -> {
                deadlines.remove(row.deadline(), row);
                if (!row.begun() && to.state() instanceof Running) {
                    budget.fresh();
                }
            }
            case Running running -> leases.remove(row.id());
            case Retrying r -> {
                deadlines.remove(row.deadline(), row);
                retries.remove(row);
                if (to.state() instanceof Queued) {
                    budget.spend(to.updatedAt());
                }
            }
            case Forwarded gone -> {}
            case JobState.Terminal ended ->
                    throw new IllegalStateException("job " + row.id() + " left a terminal state");
        }
    }

    private IntakeRules.Entrance entrance() {
        return new IntakeRules.Entrance(nextSequence, live());
    }

    /** The letter of a run that was followed by another is gone already. */
    private static List<PoolEvent> discard(PoolCommand.Discard discard, Rows rows) {
        Optional<JobRow> known = rows.find(discard.jobId());
        boolean dead =
                known.filter(row -> row.run() == discard.run())
                        .filter(row -> row.state() instanceof JobState.Dead)
                        .isPresent();
        if (known.isPresent() && !dead) {
            return PoolEvent.withoutLetter(known.get(), discard.now());
        }
        Optional<JobRow> row = known.map(its -> its.in(((JobState.Dead) its.state()).discard()));
        return List.of(new LetterWithdrawn(discard.jobId(), row, discard.now()));
    }

    private List<PoolEvent> finish(AttemptOutcome outcome, long now, Rows rows) {
        Optional<JobRow> known = rows.find(outcome.jobId());
        boolean toCome = known.isEmpty() || !known.get().live();
        if (toCome && earlyEnds.endBy(outcome)) {
            return List.of(new ResultRepeated(outcome, now));
        }
        if (known.isEmpty()) {
            return List.of();
        }
        JobRow row = known.get();
        boolean newest = row.isNewest(outcome);
        if (!row.live()) {
            boolean itsResult =
                    row.state() instanceof JobState.Terminal
                            && outcome.outcome() instanceof Outcome.Completed;
            return newest ? List.of(new Repeated(row, itsResult ? row.attempt() : 0)) : List.of();
        }
        return outcomes.move(row, outcome, now)
                .map(List::of)
                .orElseGet(() -> newest ? List.of(new Repeated(row, 0)) : List.of());
    }

    private List<PoolEvent> cancel(PoolCommand.Cancel cancel, Rows rows) {
        Optional<JobRow> known = rows.find(cancel.jobId());
        if (known.isEmpty()) {
            return List.of(new EndRemembered(cancel.jobId(), EarlyEnd.cancel(cancel.now())));
        }
        JobRow row = known.get();
        return cancel.means(row) ? cancel(row, cancel) : List.of(new Repeated(row, 0));
    }

    private List<PoolEvent> cancel(JobRow row, PoolCommand.Cancel cancel) {
        long now = cancel.now();
        return switch (row.state()) {
            case Running running when running.cancelRequested() ->
                    List.of(new Repeated(row, 0), new AbortAsked(running.lease(), now));
            case Running running ->
                    List.of(
                            Moved.of(row, row.to(running.requestCancel(), now)),
                            new AbortAsked(running.lease(), now));
            case JobState.Live waits -> List.of(Moved.of(row, row.to(waits.cancel(now), now)));
            case Forwarded gone when departures.waits(cancel.jobId()) ->
                    List.of(Moved.of(row, row.to(gone.cancel(now), now)));
            case Forwarded gone ->
                    List.of(
                            new Repeated(row, 0),
                            new CancelForwarded(cancel.jobId(), cancel.run(), gone.toPool(), now));
            case JobState.Terminal ended -> List.of(new Repeated(row, 0));
        };
    }

    private List<PoolEvent> retry(String jobId, int attempt, long now, Rows rows) {
        if (retriesAllowed(now) < 1) {
            return List.of();
        }
        return rows.find(jobId)
                .filter(row -> row.attempt() == attempt)
                .filter(row -> row.state() instanceof Retrying r && now >= r.dueAt())
                .filter(row -> now < row.deadline())
                .map(row -> List.of(queuedAgain(row, now)))
                .orElse(List.of());
    }

    private List<PoolEvent> tick(long now, Rows rows) {
        List<PoolEvent> events = new ArrayList<>();
        pauses.over(now).forEach(scope -> events.add(new Resumed(scope)));
        for (String jobId : deadlines.due(now, rules.batch())) {
            events.add(expired(rows.live(jobId), now));
        }
        for (JobRow row : retries.due(now, retriesAllowed(now), due -> idleSlots(due, now), rows)) {
            if (now < row.deadline()) {
                events.add(queuedAgain(row, now));
            }
        }
        events.addAll(departures.decide(now, rows));
        return events;
    }

    /** A slot that is free after all that wait had their turn is free for none of them. */
    private int idleSlots(JobRow due, long now) {
        Ticket ticket = waiting.ticket(due);
        return !pauses.hold(ticket, now) && gpus.canRun(ticket, now) ? gpus.total() : 0;
    }

    /** Retries are bounded while other jobs wait. */
    private int retriesAllowed(long now) {
        int allowed = waiting.size() == 0 ? rules.batch() : budget.allows(now);
        return Math.min(allowed, rules.batch());
    }

    private static PoolEvent expired(JobRow row, long now) {
        return switch (row.state()) {
            case Queued queued -> Moved.of(row, row.to(queued.expire(now), now));
            case Retrying late -> Moved.of(row, row.to(late.expire(now), now));
            case Running r -> throw new IllegalStateException("a running job does not expire");
            case Forwarded f ->
                    throw new IllegalStateException("a job of another pool has no timer");
            case JobState.Terminal t ->
                    throw new IllegalStateException("an ended job has no timer");
        };
    }

    private static PoolEvent queuedAgain(JobRow row, long now) {
        return Moved.of(row, row.to(((Retrying) row.state()).requeue(now), now));
    }

    private List<PoolEvent> watch(PoolCommand.Watch watch, Rows rows) {
        long now = watch.now();
        List<PoolEvent> events =
                new ArrayList<>(leases.suspicions(watch.sightings(), watch.barriers(), now));
        leases.abortsDue(now).forEach(lease -> events.add(new AbortAsked(lease, now)));
        leases.proved(watch.sightings(), watch.barriers(), now)
                .forEach(outcome -> events.addAll(finish(outcome, now, rows)));
        return events;
    }

    /** The newest barrier that a suspicion waits for; 0 if none does. */
    public long barrierNeeded() {
        return leases.barrierNeeded();
    }

    /** Jobs that hold a ticket, a lease or a due time, or are still to be sent to their pool. */
    public int live() {
        return deadlines.size() + leases.leases().size() + departures.size();
    }

    /** Whether readers were told that a job ended here, though its row is lost. */
    public boolean toldEnd(String jobId) {
        return earlyEnds.told(jobId);
    }

    /** How many jobs of the pool go before a queued one; empty for any other. */
    public OptionalLong position(JobRow row) {
        return waiting.position(row);
    }

    /** How many jobs of some models go before a queued one; empty for any other. */
    public OptionalLong positionAmong(JobRow row, Collection<String> models) {
        return waiting.positionAmong(row, models);
    }

    /** Where a job stands, how long it waits and why. */
    public JobPlace place(JobRow row, long now) {
        return outlook.place(row, now);
    }

    /** The pool's name. */
    public String name() {
        return name;
    }

    /** What the pool can say of its queue. */
    public QueueStatus status(String owner, long now) {
        return new QueueStatus(
                QueueStatus.SCHEMA,
                name,
                owner,
                Instant.ofEpochMilli(now),
                waiting.statuses(),
                leases.leases().size(),
                retries.size(),
                gpus.total(),
                gpus.statuses(now),
                rates.endedTotal(),
                rates.endedPerSecond(now),
                rates.serviceMillis(),
                gpus.metricsBlind(now),
                List.copyOf(pauses.all()),
                outlook.accuracy());
    }

    /** The breakers that changed since this was last asked; to be stored. */
    public List<BreakerState> breakerChanges() {
        return gpus.breakerChanges();
    }
}
