package io.kagu.statusapi.fold;

/** Lets tests of other packages tell waiters what the fold would. */
public final class WaitersDoor {

    private WaitersDoor() {}

    public static void changed(JobWaiters waiters, String jobId) {
        waiters.changed(jobId);
    }

    public static void allChanged(JobWaiters waiters) {
        waiters.allChanged();
    }
}
