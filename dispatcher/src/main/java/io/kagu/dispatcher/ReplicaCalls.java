package io.kagu.dispatcher;

import io.kagu.dispatcher.executor.AssignmentPublisher;
import io.kagu.dispatcher.executor.Call;
import io.kagu.dispatcher.executor.Executor;
import io.kagu.dispatcher.pool.CallPort;

/** A replica's own executor, and the way to the others'. */
record ReplicaCalls(Executor executor, AssignmentPublisher assignments, ChangelogAcks acks)
        implements CallPort {

    @Override
    public void submit(Call call) {
        executor.submit(call);
    }

    @Override
    public void spill(Call call, int partition) {
        acks.whenStored(partition, () -> assignments.send(call));
    }

    @Override
    public int freeCalls() {
        return executor.freeCalls();
    }

    @Override
    public String incarnation() {
        return executor.incarnation();
    }
}
