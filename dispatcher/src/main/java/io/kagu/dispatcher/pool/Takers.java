package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.core.Lease;
import io.kagu.dispatcher.core.Peers;
import io.kagu.dispatcher.core.Taker;

/** Who makes a task's calls: this replica's executor until its budget is used, then another's. */
final class Takers {

    private final CallPort calls;
    private final HeartbeatBook heartbeats;
    private final Peers peers = new Peers();

    Takers(CallPort calls, HeartbeatBook heartbeats) {
        this.calls = calls;
        this.heartbeats = heartbeats;
    }

    /** Who makes the next call, beside those of this turn. */
    Taker next(Turn turn, long now) {
        int free = calls.freeCalls() - turn.ownCalls();
        Taker own = Taker.own(calls.incarnation(), free);
        return free > 0
                ? own
                : peers.roomiest(own.executor(), heartbeats.sightings(), now).orElse(own);
    }

    /** Notes to whom a call goes. */
    void granted(Lease lease) {
        if (lease.spilled()) {
            peers.gave(lease);
        }
    }

    /** Notes that a call is over. */
    void ended(Lease lease) {
        if (lease.spilled()) {
            peers.ended(lease);
        }
    }
}
