package io.kagu.dispatcher.pool;

import io.kagu.common.job.Heartbeat;
import io.kagu.common.job.Heartbeat.RunningCall;
import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.core.Outcome;
import io.kagu.dispatcher.executor.Call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A dispatcher process with its executor and the GPUs it calls, in virtual time. */
final class SimulatedReplica implements CallPort {

    /** Small, so that calls are spilled. */
    private static final int BUDGET = 3;

    private static final long WORST_CLOCK = 20_000;

    private final String incarnation;
    private final RandomGenerator random;
    private final World world;
    private final Map<RunningCallKey, Running> running = new TreeMap<>();
    private final Set<RunningCallKey> spilled = new TreeSet<>();
    private final long clockError;
    private boolean calm;

    SimulatedReplica(String incarnation, RandomGenerator random, World world) {
        this.incarnation = incarnation;
        this.random = random;
        this.world = world;
        this.clockError = random.nextLong(-WORST_CLOCK, WORST_CLOCK);
    }

    /** What a replica meets outside. */
    interface World {
        long now();

        /** Whether every call to this GPU fails at present. */
        boolean sick(String gpu);

        /** A call is to go to another replica once its row is stored. */
        void spilled(Call call);

        void callBegan(Call call);

        void callEnded(Call call);

        void outcome(String pool, AttemptOutcome outcome);
    }

    private record RunningCallKey(String jobId, int attempt) implements Comparable<RunningCallKey> {
        @Override
        public int compareTo(RunningCallKey other) {
            int byId = jobId.compareTo(other.jobId);
            return byId != 0 ? byId : Integer.compare(attempt, other.attempt);
        }
    }

    private record Running(Call call, long startedAt, long endsAt, Outcome outcome) {}

    @Override
    public void submit(Call call) {
        begin(call);
    }

    @Override
    public void spill(Call call, int partition) {
        world.spilled(call);
    }

    /** Takes a spilled call, unless it is known or comes too late by this replica's clock. */
    boolean take(Call call) {
        boolean begins = clock() < call.lease().startBefore() && spilled.add(key(call));
        if (begins) {
            begin(call);
        }
        return begins;
    }

    private long clock() {
        return world.now() + clockError;
    }

    private void begin(Call call) {
        RunningCallKey key = key(call);
        if (running.containsKey(key)) {
            return;
        }
        world.callBegan(call);
        long limit = world.now() + call.gpu().callTimeoutSeconds() * 1000L;
        boolean hangs = !calm && random.nextInt(50) == 0;
        long ends = hangs ? limit : world.now() + 1 + random.nextInt(3000);
        Outcome outcome = hangs ? new Outcome.Fault("timeout") : outcome(call);
        running.put(key, new Running(call, world.now(), ends, outcome));
    }

    private static RunningCallKey key(Call call) {
        return new RunningCallKey(call.job().id(), call.attempt());
    }

    private Outcome outcome(Call call) {
        int dice = calm ? 99 : random.nextInt(100);
        if (dice < 8 || world.sick(call.gpu().name())) {
            return new Outcome.Fault("status 500");
        }
        if (dice < 14) {
            return new Outcome.Overloaded(OptionalLong.of(random.nextInt(4000)), "status 429");
        }
        if (dice < 17) {
            return new Outcome.Rejected("rejected", OptionalInt.of(400), "status 400");
        }
        return new Outcome.Completed(200, "application/json");
    }

    @Override
    public int freeCalls() {
        return Math.max(0, BUDGET - running.size());
    }

    @Override
    public String incarnation() {
        return incarnation;
    }

    /** Every call from now on goes well. */
    void calmDown() {
        calm = true;
    }

    /** Ends the calls whose time has come. */
    void endCalls() {
        for (Running call : List.copyOf(running.values())) {
            if (call.endsAt() <= world.now()) {
                end(call, call.outcome());
            }
        }
    }

    void abort(String jobId, int attempt) {
        Running call = running.get(new RunningCallKey(jobId, attempt));
        if (call != null) {
            end(call, new Outcome.Aborted());
        }
    }

    private void end(Running ended, Outcome outcome) {
        Call call = ended.call();
        running.remove(key(call));
        world.callEnded(call);
        world.outcome(
                call.pool(),
                new AttemptOutcome(
                        call.job().id(),
                        call.attempt(),
                        call.gpu().name(),
                        incarnation,
                        ended.startedAt(),
                        world.now(),
                        outcome,
                        used(outcome)));
    }

    /** Not every GPU tells, and estimates are wrong in both directions. */
    private OptionalLong used(Outcome outcome) {
        return outcome instanceof Outcome.Completed && random.nextInt(4) > 0
                ? OptionalLong.of(1 + random.nextInt(2_000))
                : OptionalLong.empty();
    }

    /** The process is gone, and its connections with it. */
    void die() {
        running.values().forEach(call -> world.callEnded(call.call()));
        running.clear();
    }

    Heartbeat heartbeat() {
        List<RunningCall> calls = new ArrayList<>();
        running.keySet().forEach(key -> calls.add(new RunningCall(key.jobId(), key.attempt())));
        Instant now = Instant.ofEpochMilli(clock());
        return new Heartbeat(
                Heartbeat.SCHEMA,
                incarnation,
                now,
                now,
                "sim",
                calls,
                BUDGET,
                0,
                false,
                freeCalls());
    }
}
