package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.executor.Call;

import java.util.ArrayList;
import java.util.List;

/** Takes calls and makes none; a test says how each ended. */
final class RecordingCalls implements CallPort {

    static final String INCARNATION = "executor-1";

    private static final int BUDGET = 10;

    private final List<Call> calls = new ArrayList<>();

    @Override
    public void submit(Call call) {
        calls.add(call);
    }

    @Override
    public void spill(Call call, int partition) {
        calls.add(call);
    }

    @Override
    public int freeCalls() {
        return BUDGET;
    }

    @Override
    public String incarnation() {
        return INCARNATION;
    }

    List<Call> calls() {
        return calls;
    }
}
