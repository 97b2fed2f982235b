package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.executor.Call;

/** Where the owner hands its calls to. Outcomes come back through the topic, never from here. */
public interface CallPort {

    /** Takes a call; neither blocks nor throws, and always ends in an outcome. */
    void submit(Call call);

    /**
     * Sends a call to the other executor that its lease names, once the lease's row is stored: who
     * takes the task over must know of the call. Neither blocks nor throws; a call that does not
     * arrive is missed from the heartbeats.
     *
     * @param partition of the task
     */
    void spill(Call call, int partition);

    /** How many more calls may be in flight. */
    int freeCalls();

    /** The incarnation whose heartbeats list the calls. */
    String incarnation();
}
