package io.kagu.dispatcher.pool;

import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.BadRecordException;
import io.kagu.common.codec.JobRecords;
import io.kagu.common.codec.JobRecords.Origin;
import io.kagu.common.codec.Json;
import io.kagu.common.codec.RequeueRecord;
import io.kagu.common.gpu.Registry;
import io.kagu.common.job.Job;
import io.kagu.common.job.Priority;
import io.kagu.common.job.QueueStatus;
import io.kagu.common.topic.Topics;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Barriers;
import io.kagu.dispatcher.core.JobViews;
import io.kagu.dispatcher.core.Pool;
import io.kagu.dispatcher.core.PoolCommand;
import io.kagu.dispatcher.executor.Call;
import io.kagu.dispatcher.executor.OutcomeRecords;
import io.kagu.dispatcher.pool.JobStore.JobKey;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One task: the owner of the pools that hash to its partition. Decodes an input, lets the core
 * decide, and settles what follows, in this order: rows, records, calls.
 */
final class PoolProcessor implements Processor<String, byte[], String, byte[]> {

    private final PoolSetup setup;
    private final PoolPorts ports;
    private final Topics topics;
    private final Intake intake;
    private final Emissions emissions;

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<String, byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private JobStore jobs;

    @SuppressWarnings("NullAway.Init")
    private TopicLives lives;

    @SuppressWarnings("NullAway.Init")
    private TakenOffsets offsets;

    @SuppressWarnings("NullAway.Init")
    private TaskPools pools;

    @SuppressWarnings("NullAway.Init")
    private String owner;

    @SuppressWarnings("NullAway.Init")
    private Takeover takeover;

    private @Nullable PlaceQuestions questions;

    private Barriers barriers = Barriers.NONE;

    PoolProcessor(PoolSetup setup, PoolPorts ports) {
        this.setup = setup;
        this.ports = ports;
        this.topics = new Topics(setup.topics().prefix());
        this.intake = new Intake(setup.topics().partitions());
        this.emissions = new Emissions("/kagu/dispatcher/" + ports.calls().incarnation());
    }

    @Override
    public void init(ProcessorContext<String, byte[]> taskContext) {
        context = taskContext;
        jobs = new JobStore(context.getStateStore(Sinks.JOBS_STORE));
        lives = new TopicLives(jobs, ports.sources(), context.taskId().partition());
        offsets = new TakenOffsets(jobs, lives.madeAnew());
        pools =
                new TaskPools(
                        setup.rules(),
                        jobs,
                        emissions,
                        new Takers(ports.calls(), ports.heartbeats()));
        owner = ports.calls().incarnation() + '/' + context.taskId() + '/' + System.nanoTime();
        int partition = context.taskId().partition();
        takeover = new Takeover(jobs, pools, pool -> intake.partitionOf(pool) == partition);
        takeover.restore(ports.gpus().current(), ports.told(), now());
        pools.read(ports.sidecars(), Turn.empty());
        new Upkeep(this, new Retention(jobs, setup.retention())).schedule(context);
        questions = ports.places().open(partition);
    }

    /** Another owner takes over, here or elsewhere: what is told of these pools ends. */
    @Override
    public void close() {
        if (questions != null) {
            lives.close();
            ports.places().close(context.taskId().partition(), questions);
            pools.all().forEach(pool -> ports.metrics().left(pool.name()));
        }
    }

    @Override
    public void process(Record<String, byte[]> row) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        Instant time = Instant.ofEpochMilli(row.timestamp());
        Origin origin = new Origin(place.topic(), place.partition(), place.offset(), time);
        try {
            settle(turn(row, origin));
        } catch (BadRecordException | BadJsonException e) {
            Turn turn = Turn.empty();
            turn.emit(emissions.badRecord(row, origin, String.valueOf(e.getMessage())));
            settle(turn);
        }
    }

    private Turn turn(Record<String, byte[]> row, Origin origin) {
        Optional<Priority> lane = topics.priorityOf(origin.topic());
        if (lane.isPresent()) {
            return job(row, lane.get(), origin);
        }
        if (origin.topic().equals(topics.outcomes())) {
            return Barrier.is(row.headers()) ? barrier(row) : outcome(row);
        }
        return origin.topic().equals(topics.commands()) ? command(row) : retry(row);
    }

    private Turn job(Record<String, byte[]> row, Priority lane, Origin origin) {
        if (row.value() == null) {
            throw new BadRecordException("a job without a body");
        }
        Registry gpus = ports.gpus().current();
        return switch (intake.decide(row, lane, origin, gpus)) {
            case Intake.Decision.Take take -> take(take, row.value(), origin);
            case Intake.Decision.Forward _ when known(row, origin) ->
                    take(intake.known(row, lane, origin, gpus), row.value(), origin);
            case Intake.Decision.Forward(var priority, var pool) -> {
                Turn turn = Turn.empty();
                turn.emit(new Emission(Sinks.jobs(priority), Intake.forward(row, origin, pool)));
                yield turn;
            }
        };
    }

    /** A record that comes again belongs where its job is, though its model may have moved. */
    private boolean known(Record<String, byte[]> row, Origin origin) {
        return row.key() != null
                && pools.knows(new JobKey(row.key(), JobRecords.idOf(row.headers(), origin)));
    }

    private Turn take(Intake.Decision.Take take, byte[] body, Origin origin) {
        String id = take.job().id();
        Turn turn = Turn.submission(id, body);
        Pool pool = pools.named(take.pool(), now());
        boolean replay = offsets.replay(origin.topic(), origin.offset());
        if (replay && jobs.of(take.pool()).find(id).isEmpty()) {
            return turn;
        }
        offsets.take(origin.topic(), origin.offset());
        pools.run(pool, submit(take, body), turn);
        pools.fill(pool, now(), turn);
        return turn;
    }

    private PoolCommand submit(Intake.Decision.Take take, byte[] body) {
        PoolCommand.Submit submit = submit(take.job(), take.model(), body);
        return take.before()
                .<PoolCommand>map(before -> new PoolCommand.Adopt(submit, before))
                .orElse(submit);
    }

    private PoolCommand.Submit submit(Job job, String model, byte[] body) {
        return new PoolCommand.Submit(
                job, model, Intake.cost(job, body), Intake.digest(body), now());
    }

    private Turn outcome(Record<String, byte[]> row) {
        AttemptOutcome outcome = OutcomeRecords.read(row.headers());
        byte[] body = row.value() == null ? new byte[0] : row.value();
        Turn turn = Turn.outcome(outcome, body);
        runAndFill(row, new PoolCommand.Finish(outcome, now()), turn);
        return turn;
    }

    private Turn barrier(Record<String, byte[]> row) {
        OptionalLong number = Barrier.numberFor(owner, row.headers());
        number.ifPresent(read -> barriers = barriers.readBack(read));
        return Turn.empty();
    }

    private Turn command(Record<String, byte[]> row) {
        if (RequeueRecord.is(row.headers())) {
            return requeue(row);
        }
        Turn turn = Turn.empty();
        runAndFill(row, Commands.read(value(row), now()), turn);
        return turn;
    }

    private Turn requeue(Record<String, byte[]> row) {
        RequeueRecord asked =
                RequeueRecord.read(row.headers(), Instant.ofEpochMilli(row.timestamp()));
        Job job = asked.job();
        String model = ports.gpus().current().canonicalName(job.model()).orElse(job.model());
        byte[] body = value(row);
        Turn turn = Turn.submission(job.id(), body);
        runAndFill(
                row,
                new PoolCommand.Requeue(
                        submit(job, model, body),
                        asked.run(),
                        asked.version(),
                        JobViews.told(asked.attempts())),
                turn);
        return turn;
    }

    private Turn retry(Record<String, byte[]> row) {
        RetryNotice notice = Json.read(value(row), RetryNotice.class);
        Turn turn = Turn.empty();
        runAndFill(row, new PoolCommand.Retry(notice.jobId(), notice.attempt(), now()), turn);
        return turn;
    }

    private void runAndFill(Record<String, byte[]> row, PoolCommand command, Turn turn) {
        if (row.key() == null) {
            throw new BadRecordException("a record without a pool as its key");
        }
        Pool pool = pools.named(row.key(), now());
        pools.run(pool, command, turn);
        pools.fill(pool, now(), turn);
    }

    private static byte[] value(Record<String, byte[]> row) {
        if (row.value() == null) {
            throw new BadRecordException("a record without a value");
        }
        return row.value();
    }

    /** Moves on what the clock moves, and takes a changed registry in. */
    void tick() {
        Turn turn = Turn.empty();
        takeover.repeat(turn);
        pools.use(ports.gpus().current(), now(), turn);
        pools.read(ports.sidecars(), turn);
        for (Pool pool : pools.all()) {
            pools.run(pool, new PoolCommand.Tick(now()), turn);
            pools.fill(pool, now(), turn);
        }
        settle(turn);
        if (questions != null) {
            questions.answer((pool, jobId) -> pools.place(new JobKey(pool, jobId), now()));
        }
    }

    /** Looks after the leases; writes a barrier where a suspicion waits for one. */
    void watch() {
        Turn turn = Turn.empty();
        PoolCommand.Watch watch =
                new PoolCommand.Watch(ports.heartbeats().sightings(), barriers, now());
        for (Pool pool : pools.all()) {
            pools.run(pool, watch, turn);
            pools.fill(pool, now(), turn);
            if (pool.barrierNeeded() > barriers.sent()) {
                barriers = barriers.written();
                int partition = context.taskId().partition();
                turn.emit(Barrier.emission(owner, partition, barriers.sent(), now()));
            }
        }
        settle(turn);
    }

    /** Tells the state of the queues, and writes down how far its input and its rows are. */
    void report() {
        Turn turn = Turn.empty();
        pools.all().forEach(pool -> report(pool, turn));
        offsets.write();
        lives.write();
        jobs.writeNewestChange();
        settle(turn);
    }

    private void report(Pool pool, Turn turn) {
        QueueStatus status =
                pool.status(ports.calls().incarnation(), now()).reachableAt(setup.address().url());
        ports.metrics().reported(status);
        turn.emit(emissions.queueStatus(status));
    }

    /** Jobs of all pools that have not ended. */
    int liveJobs() {
        return pools.live();
    }

    private void settle(Turn turn) {
        jobs.flush();
        tellBreakers(turn);
        turn.emissions().forEach(emission -> context.forward(emission.message(), emission.sink()));
        turn.calls().forEach(this::begin);
    }

    private void begin(Call call) {
        if (call.lease().spilled()) {
            ports.calls().spill(call, context.taskId().partition());
        } else {
            ports.calls().submit(call);
        }
    }

    /** Every move of a breaker is told at once, by the status of its pool. */
    private void tellBreakers(Turn turn) {
        turn.breakerMoves().forEach(ports.metrics()::moved);
        turn.breakerMoves().stream()
                .map(BreakerMove::pool)
                .distinct()
                .forEach(pool -> report(pool, turn));
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}
