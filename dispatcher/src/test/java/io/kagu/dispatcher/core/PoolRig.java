package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.job.Choice;
import io.kagu.common.job.QueueStatus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A pool in virtual time, with the rows its owner would have stored. */
final class PoolRig {

    static final String POOL = "p1";
    static final String EXECUTOR = "executor-1";
    static final long START = 1_700_000_000_000L;

    private static final int MANY_CALLS = 100;

    private final PoolRules rules;
    private final Map<String, JobRow> rows;
    private final Map<String, BreakerState> breakers = new TreeMap<>();
    private final Pool pool;
    private long now;

    PoolRig() {
        this(RulesSample.unpausing());
    }

    PoolRig(PoolRules rules) {
        this(rules, Map.of(), START);
    }

    private PoolRig(PoolRules rules, Map<String, JobRow> stored, long now) {
        this.rules = rules;
        this.rows = new TreeMap<>(stored);
        this.pool = new Pool(POOL, rules, now);
        this.now = now;
    }

    /** A rig whose pool holds at most so many live jobs. */
    static PoolRig holding(int capacity) {
        return new PoolRig(RulesSample.holding(capacity));
    }

    /** A rig with other rules for GPUs that fail. */
    static PoolRig with(BreakerRules breaker) {
        return new PoolRig(RulesSample.failing(breaker));
    }

    /** A rig whose tenants have these weights. */
    static PoolRig weighing(String weights) {
        return new PoolRig(RulesSample.weighing(weights));
    }

    /** What a new owner makes of the stored rows. */
    PoolRig takenOver(GpuSample... gpus) {
        return takenOver(liveRows(), gpus);
    }

    /** The same, with the live rows read in this order. */
    PoolRig takenOver(Collection<JobRow> liveRows, GpuSample... gpus) {
        PoolRig next = new PoolRig(rules, rows, now);
        next.use(gpus);
        next.breakers.putAll(breakers);
        breakers.values().forEach(b -> next.pool.apply(new PoolEvent.BreakerRestored(b)));
        liveRows.forEach(row -> next.pool.apply(Pool.restored(row, now)));
        rows.values().stream()
                .flatMap(row -> row.attempts().stream().map(a -> CallBegun.of(row, a)))
                .filter(call -> call.at() > now - CallPace.MINUTE)
                .sorted(CallBegun.ORDER)
                .forEach(call -> next.pool.apply(new PoolEvent.CallRemembered(call)));
        return next;
    }

    /** The rows of all jobs that have not ended, by id. */
    List<JobRow> liveRows() {
        return rows.values().stream().filter(JobRow::live).toList();
    }

    List<PoolEvent> use(GpuSample... gpus) {
        return use(Map.of(), gpus);
    }

    /** The pool's GPUs change, and models belong to these pools. */
    List<PoolEvent> use(Map<String, String> homes, GpuSample... gpus) {
        List<GpuSpec> specs = Arrays.stream(gpus).map(GpuSample::spec).toList();
        return run(new PoolCommand.UseGpus(specs, homes, now));
    }

    /** A sidecar says something now. */
    void read(GpuMetrics said) {
        run(new PoolCommand.ReadSidecars(List.of(new SidecarReading(said, now))));
    }

    List<PoolEvent> submit(JobSample sample) {
        return submit(sample, 7);
    }

    List<PoolEvent> submit(JobSample sample, long bodyDigest) {
        return run(sample.submit(bodyDigest, now));
    }

    void submit(String... ids) {
        for (String id : ids) {
            submit(JobSample.named(id));
        }
    }

    List<PoolEvent> fill() {
        return run(new PoolCommand.Fill(Taker.own(EXECUTOR, MANY_CALLS), now));
    }

    /** Fills every slot that can be filled; says who went where, such as {@code job@gpu}. */
    List<String> fillAll() {
        List<String> granted = new ArrayList<>();
        List<PoolEvent> events = fill();
        while (!events.isEmpty()) {
            for (PoolEvent event : events) {
                if (event instanceof PoolEvent.Moved moved
                        && moved.to().state() instanceof JobState.Running running) {
                    granted.add(running.lease().jobId() + '@' + running.lease().gpu());
                }
            }
            events = fill();
        }
        return granted;
    }

    /** A job on its way: submitted, and given a slot at once. */
    Lease running(String id) {
        submit(id);
        fillAll();
        return lease(id);
    }

    List<PoolEvent> finish(String id, Outcome outcome) {
        return finish(lease(id), outcome);
    }

    /** The job's call completes, and its GPU says how many tokens it used. */
    void completes(String id, long tokens) {
        completes(lease(id), tokens);
    }

    void completes(Lease lease, long tokens) {
        finish(lease, Outcomes.COMPLETED, OptionalLong.of(tokens));
    }

    List<PoolEvent> finish(Lease lease, Outcome outcome) {
        return finish(lease, outcome, OptionalLong.empty());
    }

    private List<PoolEvent> finish(Lease lease, Outcome outcome, OptionalLong tokens) {
        return finish(
                new AttemptOutcome(
                        lease.jobId(),
                        lease.attempt(),
                        lease.gpu(),
                        lease.executor(),
                        lease.startedAt(),
                        now,
                        outcome,
                        tokens));
    }

    List<PoolEvent> finish(AttemptOutcome outcome) {
        return run(new PoolCommand.Finish(outcome, now));
    }

    List<PoolEvent> cancel(String id) {
        return run(new PoolCommand.Cancel(id, OptionalInt.empty(), now));
    }

    /** A cancel that means a run. */
    List<PoolEvent> cancel(String id, int run) {
        return run(new PoolCommand.Cancel(id, OptionalInt.of(run), now));
    }

    /** Gives the job of a dead row its next run. */
    List<PoolEvent> requeue(JobRow dead) {
        PoolCommand.Submit submit =
                new PoolCommand.Submit(
                        dead.job(), dead.model(), dead.cost(), dead.bodyDigest(), now);
        return run(new PoolCommand.Requeue(submit, dead.run(), dead.version(), dead.attempts()));
    }

    List<PoolEvent> discard(String id, int run) {
        return run(new PoolCommand.Discard(id, run, now));
    }

    List<PoolEvent> retry(String id, int attempt) {
        return run(new PoolCommand.Retry(id, attempt, now));
    }

    List<PoolEvent> tick() {
        return run(new PoolCommand.Tick(now));
    }

    List<PoolEvent> watch(Sightings sightings, Barriers barriers) {
        return run(new PoolCommand.Watch(sightings, barriers, now));
    }

    List<PoolEvent> run(PoolCommand command) {
        List<PoolEvent> events = pool.decide(command, this::find);
        for (PoolEvent event : events) {
            pool.apply(event);
            if (event instanceof PoolEvent.Moved moved) {
                rows.put(moved.to().id(), moved.to());
            }
            if (event instanceof PoolEvent.LetterWithdrawn discarded) {
                discarded.row().ifPresent(row -> rows.put(row.id(), row));
            }
        }
        pool.breakerChanges().forEach(this::store);
        return events;
    }

    /** Stores how a breaker stands. */
    void store(BreakerState breaker) {
        breakers.put(breaker.gpu(), breaker);
    }

    /** The breakers that were stored. */
    Collection<BreakerState> breakers() {
        return breakers.values();
    }

    BreakerState breaker(String gpu) {
        return Objects.requireNonNull(breakers.get(gpu));
    }

    PoolRig advance(long millis) {
        now += millis;
        return this;
    }

    long now() {
        return now;
    }

    Pool pool() {
        return pool;
    }

    QueueStatus status() {
        return pool.status("owner-1", now);
    }

    /** How many jobs of the pool go before a queued one. */
    long position(String id) {
        return pool.position(row(id)).orElseThrow();
    }

    private Optional<JobRow> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    JobRow row(String id) {
        return Objects.requireNonNull(rows.get(id), () -> "no row of " + id);
    }

    JobState state(String id) {
        return row(id).state();
    }

    Lease lease(String id) {
        return ((JobState.Running) state(id)).lease();
    }

    /** Why the newest attempt of a job got its GPU. */
    Choice choice(String id) {
        return row(id).attempts().getLast().choice().orElseThrow();
    }

    /** The code of the reason a job died of. */
    String diedOf(String id) {
        return ((JobState.Dead) state(id)).reason().code();
    }
}
