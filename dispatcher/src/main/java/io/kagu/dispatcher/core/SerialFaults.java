package io.kagu.dispatcher.core;

/**
 * The faults of one GPU one after the other, and the pause that each of them from the second on
 * asks for. It doubles, so that a GPU that stays broken is tried ever more seldom, however often
 * its breaker lets a probe go.
 */
final class SerialFaults {

    private static final int FIRST_THAT_PAUSES = 2;
    private static final int MOST_DOUBLINGS = 30;

    private final BreakerRules rules;
    private int count;
    private long pausedUntil;

    SerialFaults(BreakerRules rules) {
        this.rules = rules;
    }

    /** The faults as another owner counted them. */
    static SerialFaults restored(BreakerState state, BreakerRules rules) {
        SerialFaults faults = new SerialFaults(rules);
        faults.count = state.serialFaults();
        faults.pausedUntil = state.pausedUntil();
        return faults;
    }

    void failed(long now) {
        count++;
        if (count >= FIRST_THAT_PAUSES && rules.faultPause() > 0) {
            int doublings = Math.min(count - FIRST_THAT_PAUSES, MOST_DOUBLINGS);
            pausedUntil = now + Math.min(rules.faultPause() << doublings, rules.faultPauseMax());
        }
    }

    void succeeded() {
        count = 0;
        pausedUntil = 0;
    }

    int count() {
        return count;
    }

    /** Epoch milliseconds from which on a call may begin again; 0 if none was paused. */
    long pausedUntil() {
        return pausedUntil;
    }
}
