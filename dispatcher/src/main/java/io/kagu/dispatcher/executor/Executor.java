package io.kagu.dispatcher.executor;

import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;
import io.micrometer.core.instrument.MeterRegistry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes calls to GPU servers, each on a virtual thread, and publishes exactly one outcome per call:
 * the call's own thread publishes it, everybody else can only make the call end sooner.
 */
public final class Executor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    private static final Outcome STOPPED = new Outcome.Lost("executor stopped");
    private static final Outcome BROKEN = new Outcome.Fault("the executor failed");
    private static final long FAREWELL_MILLIS = 1000;

    private final ExecutorConfig config;
    private final ExecutorPorts ports;
    private final String incarnation;
    private final ExecutorMetrics metrics;
    private final InstantSource clock = InstantSource.system();
    private final Instant startedAt = clock.instant();
    private final CallBook book = new CallBook();
    private final Fence fence;
    private final GpuClient gpus;
    private final Pulse pulse;
    private final AbortSource.Subscription aborts;
    private final AssignmentSource.Subscription assignments;
    private final AtomicBoolean closing = new AtomicBoolean();

    private Executor(
            ExecutorConfig config,
            ExecutorPorts ports,
            String incarnation,
            MeterRegistry registry) {
        this.config = config;
        this.ports = ports;
        this.incarnation = incarnation;
        this.metrics = new ExecutorMetrics(registry, config.callBudget(), incarnation);
        this.fence = new Fence(config.selfFenceAfter(), System.nanoTime());
        this.gpus = new GpuClient(config, ports.credentials(), clock);
        this.pulse = new Pulse(ports.heartbeats(), () -> heartbeat(false), fence, book);
        this.assignments = ports.assignments().follow(incarnation, this::assigned);
        this.aborts = ports.aborts().follow(command -> abort(command.jobId(), command.attempt()));
    }

    /**
     * Starts an executor on these ports and owns them from now on.
     *
     * @param incarnation unique to this start of this instance
     */
    public static Executor start(
            ExecutorConfig config,
            ExecutorPorts ports,
            String incarnation,
            MeterRegistry registry) {
        Executor executor = new Executor(config, ports, incarnation, registry);
        executor.pulse.start(config.heartbeatInterval());
        return executor;
    }

    /**
     * Takes a call. Never blocks and never throws; every call ends with one outcome, also one that
     * comes while the executor stops or is cut off. A call that is known already is ignored.
     */
    public void submit(Call call) {
        long now = System.nanoTime();
        OpenCall open = new OpenCall(new RunningCall(call.job().id(), call.attempt()), now);
        if (!book.open(open)) {
            LOG.atDebug().addKeyValue("jobId", call.job().id()).log("call known already");
            return;
        }
        if (closing.get()) {
            open.stop(STOPPED);
        } else if (fence.cutOff(now)) {
            open.stop(Pulse.CUT_OFF);
        }
        if (metrics.began() > config.callBudget()) {
            metrics.overBudget();
        }
        Thread.ofVirtual().start(() -> run(call, open));
    }

    /**
     * Takes a call that another replica spilled, unless it comes so late that its owner gave up.
     */
    private void assigned(Call call) {
        if (clock.millis() < call.lease().startBefore()) {
            submit(call);
        } else {
            metrics.tooLate();
        }
    }

    /** Ends a call, if this executor has it; its outcome is published as aborted. */
    public void abort(String jobId, int attempt) {
        book.stop(new RunningCall(jobId, attempt), new Outcome.Aborted());
    }

    /** How many more calls it may be given now; none while it stops or is cut off. */
    public int freeCalls() {
        boolean taking = !closing.get() && !cutOff();
        return taking ? Math.max(0, config.callBudget() - book.openCount()) : 0;
    }

    /** Takes back the heartbeat that another incarnation left behind. */
    public void withdraw(String gone) {
        CompletableFuture<Void> _ = ports.heartbeats().withdraw(gone);
    }

    /** Whether no heartbeat was acknowledged for so long that it ends its calls and takes none. */
    public boolean cutOff() {
        return fence.cutOff(System.nanoTime());
    }

    /** The name under which its heartbeats list its calls. */
    public String incarnation() {
        return incarnation;
    }

    private void run(Call call, OpenCall open) {
        long began = clock.millis();
        long beganNanos = System.nanoTime();
        Answer answer = answer(call, open);
        metrics.ended(call.gpu().name(), answer.outcome(), System.nanoTime() - beganNanos);
        AttemptOutcome outcome =
                new AttemptOutcome(
                        call.job().id(),
                        call.attempt(),
                        call.gpu().name(),
                        incarnation,
                        began,
                        clock.millis(),
                        answer.outcome(),
                        answer.tokens());
        ports.outcomes()
                .publish(
                        call.pool(),
                        outcome,
                        answer.body(),
                        () -> book.close(open, System.nanoTime()));
    }

    /** A call that throws is a bug, yet its slot and its job must not hang on it. */
    private Answer answer(Call call, OpenCall open) {
        Optional<Outcome> stopped = open.stopped();
        if (stopped.isPresent()) {
            return Answer.without(stopped.get());
        }
        try {
            return gpus.call(call, open);
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("jobId", call.job().id())
                    .addKeyValue("pool", call.pool())
                    .addKeyValue("gpu", call.gpu().name())
                    .setCause(e)
                    .log("call failed inside the executor");
            return Answer.without(BROKEN);
        }
    }

    private Heartbeat heartbeat(boolean leaving) {
        // The time comes first: a call that begins during the listing counts as later.
        Instant now = clock.instant();
        return new Heartbeat(
                Heartbeat.SCHEMA,
                incarnation,
                now,
                startedAt,
                version(),
                book.listed(System.nanoTime()),
                config.callBudget(),
                metrics.endedTotal(),
                leaving,
                assignments.listening() ? freeCalls() : 0,
                leaving ? List.of() : ports.partitions().get());
    }

    private static String version() {
        return Optional.ofNullable(Executor.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    /** Stops at once: running calls end as lost, and all outcomes are published. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Stops cleanly: takes no call any more, lets running ones finish, ends the rest as lost and
     * publishes all outcomes before it says goodbye. Bounded in time, also without brokers.
     *
     * @param grace how long running calls may go on
     */
    public void close(Duration grace) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        // Each is closed also when another one fails; no heartbeat may follow the goodbye.
        try (HeartbeatPublisher heartbeats = ports.heartbeats();
                OutcomePublisher _ = ports.outcomes();
                GpuClient _ = gpus) {
            try (Pulse _ = pulse;
                    AssignmentSource.Subscription _ = assignments;
                    AbortSource.Subscription _ = aborts) {
                endCalls(grace);
            }
            sayGoodbye(heartbeats);
        }
    }

    private void endCalls(Duration grace) {
        if (!book.awaitEmpty(grace)) {
            book.stopAll(STOPPED);
        }
        if (!book.awaitEmpty(config.abortGrace())) {
            LOG.atWarn()
                    .addKeyValue("openCalls", book.openCount())
                    .log("stopped without all outcomes stored");
        }
    }

    private void sayGoodbye(HeartbeatPublisher heartbeats) {
        CompletableFuture<Void> last = heartbeats.publish(heartbeat(true));
        CompletableFuture<Void> gone = heartbeats.withdraw(incarnation);
        try {
            CompletableFuture.allOf(last, gone).get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atInfo().log("stopped without goodbye: others will notice by the silence");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
