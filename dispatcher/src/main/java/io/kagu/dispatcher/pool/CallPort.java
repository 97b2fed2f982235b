package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.executor.Call;

/** Where the owner hands its calls to. Outcomes come back through the topic, never from here. */
public interface CallPort {

    /** Takes a call; neither blocks nor throws, and always ends in an outcome. */
    void submit(Call call);

    /** How many more calls may be in flight. */
    int freeCalls();

    /** The incarnation whose heartbeats list the calls. */
    String incarnation();
}
