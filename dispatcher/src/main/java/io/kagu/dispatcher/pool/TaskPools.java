package io.kagu.dispatcher.pool;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Choice;
import io.kagu.common.job.JobEvent;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.Pause;
import io.kagu.dispatcher.core.BreakerState;
import io.kagu.dispatcher.core.EarlyEnd;
import io.kagu.dispatcher.core.JobRow;
import io.kagu.dispatcher.core.JobState;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.Pool;
import io.kagu.dispatcher.core.PoolCommand;
import io.kagu.dispatcher.core.PoolEvent;
import io.kagu.dispatcher.core.PoolRules;
import io.kagu.dispatcher.core.SidecarReading;
import io.kagu.dispatcher.executor.Call;
import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pools of one task: carries commands to a pool's core and turns its events into rows, records
 * and calls. Used by the task's stream thread alone.
 */
final class TaskPools {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPools.class);

    private final PoolRules rules;
    private final JobStore jobs;
    private final Emissions emissions;
    private final Takers takers;
    private final Map<String, Pool> pools = new TreeMap<>();
    private final BreakerPhases phases = new BreakerPhases();
    private Registry registry = Registry.EMPTY;
    private List<SidecarReading> readings = List.of();
    private long sidecarsRead;

    TaskPools(PoolRules rules, JobStore jobs, Emissions emissions, Takers takers) {
        this.rules = rules;
        this.jobs = jobs;
        this.emissions = emissions;
        this.takers = takers;
    }

    Collection<Pool> all() {
        return pools.values();
    }

    /** Jobs of all pools that have not ended. */
    int live() {
        return pools.values().stream().mapToInt(Pool::live).sum();
    }

    /** Where a job stands; empty if there is no such job, be it live or ended. */
    Optional<JobPlace> place(JobKey key, long now) {
        return jobs.of(key.pool())
                .find(key.jobId())
                .map(row -> named(row.pool(), now).place(row, now));
    }

    /** Whether a pool of this task has a job, live, ended or sent on, or knows how it ended. */
    boolean knows(JobKey key) {
        Pool pool = pools.get(key.pool());
        return jobs.of(key.pool()).find(key.jobId()).isPresent()
                || (pool != null && pool.toldEnd(key.jobId()));
    }

    Pool named(String name, long now) {
        Pool known = pools.get(name);
        if (known != null) {
            return known;
        }
        Pool pool = new Pool(name, rules, now);
        pool.apply(new PoolEvent.GpusChanged(registry.gpusOf(name), registry.poolsByName(), now));
        pool.apply(new PoolEvent.SidecarsRead(readings));
        pools.put(name, pool);
        return pool;
    }

    /** Takes a changed registry to all pools. */
    void use(Registry changed, long now, Turn turn) {
        if (registry != changed) {
            registry = changed;
            for (Pool pool : all()) {
                List<GpuSpec> gpus = changed.gpusOf(pool.name());
                run(pool, new PoolCommand.UseGpus(gpus, changed.poolsByName(), now), turn);
                run(pool, new PoolCommand.ReadSidecars(readings), turn);
            }
        }
    }

    /** Takes to all pools what sidecars said since this was last asked. */
    void read(SidecarTable sidecars, Turn turn) {
        long version = sidecars.version();
        if (version != sidecarsRead) {
            sidecarsRead = version;
            readings = sidecars.readings();
            all().forEach(pool -> run(pool, new PoolCommand.ReadSidecars(readings), turn));
        }
    }

    /** Puts a stored row back into its pool. */
    void restore(JobRow row, long now) {
        named(row.pool(), now).apply(Pool.restored(row, now));
    }

    /** Puts a stored breaker back into its pool. */
    void restore(String pool, BreakerState breaker, long now) {
        named(pool, now).apply(new PoolEvent.BreakerRestored(breaker));
        phases.moved(pool, breaker);
    }

    /** Puts a stored pause back into its pool. */
    void restore(String pool, Pause pause, long now) {
        named(pool, now).apply(new PoolEvent.Paused(pause));
    }

    /** Remembers a call that another owner began. */
    void restore(String pool, PoolEvent.CallRemembered call, long now) {
        named(pool, now).apply(call);
    }

    /** Remembers the end of a job that is still to come. */
    void restore(JobKey key, EarlyEnd end, long now) {
        named(key.pool(), now).apply(new PoolEvent.EndRemembered(key.jobId(), end));
    }

    /** Decides, applies, and notes what follows. */
    boolean run(Pool pool, PoolCommand command, Turn turn) {
        List<PoolEvent> events = pool.decide(command, jobs.of(pool.name()));
        for (PoolEvent event : events) {
            follow(pool, event, turn);
            pool.apply(event);
        }
        pool.breakerChanges().forEach(breaker -> changed(pool, breaker, turn));
        return !events.isEmpty();
    }

    /** Fills free slots until none can be filled. */
    void fill(Pool pool, long now, Turn turn) {
        boolean filled = true;
        while (filled) {
            filled = run(pool, new PoolCommand.Fill(takers.next(turn, now), now), turn);
        }
    }

    private void follow(Pool pool, PoolEvent event, Turn turn) {
        switch (event) {
            case PoolEvent.Moved moved -> moved(moved, turn);
            case PoolEvent.Repeated(var row, var resultOf) -> repeat(row, resultOf > 0, turn);
            case PoolEvent.ResultRepeated(var outcome, var now) ->
                    turn.emit(emissions.result(outcome, turn.responseBody(), now));
            case PoolEvent.Conflicted(var row) ->
                    turn.emit(emissions.event(JobEvent.Type.SUBMISSION_CONFLICT, row));
            case PoolEvent.LetterWithdrawn(var jobId, var row, var now) -> {
                row.ifPresent(jobs::gather);
                turn.emit(emissions.noDeadLetter(jobId, now));
            }
            case PoolEvent.AbortAsked(var lease, var now) -> turn.emit(emissions.abort(lease, now));
            case PoolEvent.EndRemembered(var jobId, var end) ->
                    jobs.rememberCancel(new JobKey(pool.name(), jobId), end.state().at());
            case PoolEvent.CancelForwarded cancel -> turn.emit(emissions.cancel(cancel));
            case PoolEvent.Suspected s -> {}
            case PoolEvent.Cleared c -> {}
            case PoolEvent.GpusChanged g -> {}
            case PoolEvent.SidecarsRead s -> {}
            case PoolEvent.Paused(var pause) -> jobs.keepPause(pool.name(), pause);
            case PoolEvent.Resumed(var scope) -> jobs.dropPause(pool.name(), scope);
            case PoolEvent.BreakerRestored b -> {}
            case PoolEvent.CallRemembered c -> {}
        }
    }

    private void changed(Pool pool, BreakerState breaker, Turn turn) {
        jobs.gather(pool.name(), breaker);
        if (phases.moved(pool.name(), breaker)) {
            turn.moved(new BreakerMove(pool, breaker.gpu(), breaker.phase()));
        }
        LOG.atInfo()
                .addKeyValue("pool", pool.name())
                .addKeyValue("gpu", breaker.gpu())
                .addKeyValue("breaker", breaker.phase())
                .addKeyValue("faults", breaker.serialFaults())
                .addKeyValue("pausedUntil", breaker.pausedUntil())
                .log("breaker changed");
    }

    private void moved(PoolEvent.Moved moved, Turn turn) {
        JobRow row = moved.to();
        moved.from().flatMap(JobRow::lease).ifPresent(takers::ended);
        jobs.gather(row);
        if (moved.startsRun()) {
            moved.from().ifPresent(ended -> reopened(ended, turn));
        }
        turn.emit(emissions.event(moved.type(), row));
        if (moved.startsRun()) {
            entered(row, turn);
        }
        switch (row.state()) {
            case JobState.Running running when !running.cancelRequested() -> {
                turn.call(call(row, running, turn));
                takers.granted(running.lease());
            }
            case JobState.Retrying retrying -> turn.emit(emissions.retry(row, retrying));
            case JobState.Dead dead -> deadLetter(row, turn);
            case JobState.Completed completed -> result(row, turn);
            default -> {}
        }
    }

    /** Readers know how each run ended before they hear of the next. */
    private void reopened(JobRow ended, Turn turn) {
        jobs.reopen(ended);
        turn.emit(emissions.event(JobViews.typeOf(ended.state()), ended));
    }

    private void entered(JobRow row, Turn turn) {
        if (row.run() > 1) {
            turn.emit(emissions.noDeadLetter(row.id(), row.updatedAt()));
        }
        if (row.live()) {
            jobs.keepBody(JobKey.of(row), turn.requestBody(row.id()).orElseThrow());
        }
        if (row.state() instanceof JobState.Cancelled) {
            jobs.forgetCancel(JobKey.of(row));
        }
    }

    /** Says a state again whose effects a crash may have swallowed. */
    void repeat(JobRow row, boolean withResult, Turn turn) {
        turn.emit(emissions.event(JobViews.typeOf(row.state()), row));
        if (withResult) {
            result(row, turn);
        }
        switch (row.state()) {
            case JobState.Dead dead when !dead.discarded() -> deadLetter(row, turn);
            case JobState.Dead dead -> turn.emit(emissions.noDeadLetter(row.id(), row.updatedAt()));
            case JobState.Forwarded gone -> forward(row, gone, turn);
            default -> {
                if (row.run() > 1) {
                    turn.emit(emissions.noDeadLetter(row.id(), row.updatedAt()));
                }
            }
        }
    }

    /** The body is kept as long as the marker; later the record is known to be out. */
    private void forward(JobRow row, JobState.Forwarded gone, Turn turn) {
        jobs.body(JobKey.of(row)).ifPresent(body -> turn.emit(emissions.forward(row, gone, body)));
    }

    private void result(JobRow row, Turn turn) {
        long time = row.updatedAt();
        turn.outcome()
                .ifPresent(end -> turn.emit(emissions.result(end, turn.responseBody(), time)));
    }

    /** The body is kept for a while after the end; later the dead letter is known to be out. */
    private void deadLetter(JobRow row, Turn turn) {
        body(row, turn).ifPresent(body -> turn.emit(emissions.deadLetter(row, body)));
    }

    private Call call(JobRow row, JobState.Running running, Turn turn) {
        GpuSpec gpu = registry.gpu(running.lease().gpu()).orElseThrow();
        byte[] body =
                body(row, turn)
                        .orElseThrow(() -> new IllegalStateException("no body of " + row.id()));
        Call call = new Call(row.job(), row.pool(), running.lease(), gpu, body);
        return row.attempts()
                .getLast()
                .choice()
                .flatMap(Choice::fallback)
                .map(call::workedBy)
                .orElse(call);
    }

    private Optional<byte[]> body(JobRow row, Turn turn) {
        return turn.requestBody(row.id()).or(() -> jobs.body(JobKey.of(row)));
    }
}
