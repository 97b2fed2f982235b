package io.kagu.dispatcher.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A real executor between recording ports. */
final class ExecutorRig implements AutoCloseable {

    static final String INCARNATION = "executor-1";
    static final String TOKEN_VARIABLE = "GPU_TOKEN";
    static final int MAX_RESPONSE_BYTES = 100_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordingOutcomes outcomes = new RecordingOutcomes();
    private final RecordingHeartbeats heartbeats = new RecordingHeartbeats();
    private final List<Consumer<AbortCommand>> abortHandlers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Call>> assignmentHandlers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean listening = new AtomicBoolean();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Executor executor;

    private ExecutorRig(ExecutorConfig config) {
        ExecutorPorts ports =
                new ExecutorPorts(
                        outcomes,
                        heartbeats,
                        this::follow,
                        this::followAssignments,
                        Credentials.of(Map.of(TOKEN_VARIABLE, "secret-1")));
        this.executor = Executor.start(config, ports, INCARNATION, registry);
    }

    /** An executor that is not cut off however slow the machine is. */
    static ExecutorRig start() {
        return fencedAfter(PATIENCE);
    }

    static ExecutorRig fencedAfter(Duration selfFenceAfter) {
        Awaitility.setDefaultTimeout(PATIENCE);
        return new ExecutorRig(
                new ExecutorConfig(
                        100,
                        Duration.ofMillis(50),
                        selfFenceAfter,
                        Duration.ofSeconds(2),
                        MAX_RESPONSE_BYTES,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60)));
    }

    private AbortSource.Subscription follow(Consumer<AbortCommand> handler) {
        abortHandlers.add(handler);
        return () -> abortHandlers.remove(handler);
    }

    private AssignmentSource.Subscription followAssignments(
            String executor, Consumer<Call> handler) {
        assignmentHandlers.add(handler);
        return new AssignmentSource.Subscription() {
            @Override
            public boolean listening() {
                return listening.get();
            }

            @Override
            public void close() {
                assignmentHandlers.remove(handler);
            }
        };
    }

    /** From when on a spilled call is sure to be seen. */
    void listen() {
        listening.set(true);
    }

    /** As another replica spills a call. */
    void assign(Call call) {
        assignmentHandlers.forEach(handler -> handler.accept(call));
    }

    void sendAbort(String jobId, int attempt) {
        abortHandlers.forEach(handler -> handler.accept(AbortCommand.of(jobId, attempt)));
    }

    Executor executor() {
        return executor;
    }

    RecordingOutcomes outcomes() {
        return outcomes;
    }

    RecordingHeartbeats heartbeats() {
        return heartbeats;
    }

    MeterRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        executor.close();
    }
}
