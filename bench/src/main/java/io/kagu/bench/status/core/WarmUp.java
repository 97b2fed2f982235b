package io.kagu.bench.status.core;

/**
 * Says when a service is warm: once two rounds in a row were hardly quicker than the quickest
 * before them, or after so many that it must be as warm as it gets.
 */
public final class WarmUp {

    private static final double HARDLY = 0.9;
    private static final int SURE = 2;
    private static final int MOST = 20;

    private long quickest = Long.MAX_VALUE;
    private int rounds;
    private int hardly;

    /** A round was made; its figure is less the quicker the service. */
    public void took(long figure) {
        hardly = figure < HARDLY * quickest ? 0 : hardly + 1;
        quickest = Math.min(quickest, figure);
        rounds++;
    }

    /** Whether the next round may count. */
    public boolean over() {
        return hardly >= SURE || rounds >= MOST;
    }
}
