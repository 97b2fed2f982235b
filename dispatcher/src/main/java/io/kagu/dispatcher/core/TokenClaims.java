package io.kagu.dispatcher.core;

import java.util.Set;
import java.util.TreeSet;

/**
 * Whose turn it is at a GPU whose tokens are limited. A job that lacks nothing but tokens on a GPU
 * claims those, so that no job behind it takes them and it is never starved by smaller ones.
 */
final class TokenClaims {

    private final FairQueue waiting;
    private final PoolGpus gpus;
    private final Pauses pauses;

    TokenClaims(FairQueue waiting, PoolGpus gpus, Pauses pauses) {
        this.waiting = waiting;
        this.gpus = gpus;
        this.pauses = pauses;
    }

    /** Whether a ticket's call can begin now; if not, what it claims is added. */
    boolean canBegin(Ticket ticket, Set<String> claimed, long now) {
        if (pauses.hold(ticket, now)) {
            return false;
        }
        if (gpus.canRun(ticket, claimed, now)) {
            return true;
        }
        gpus.claim(ticket, claimed, now);
        return false;
    }

    /** The GPUs whose tokens are claimed by jobs that go before this one. */
    Set<String> before(Ticket ticket, long now) {
        Set<String> claimed = new TreeSet<>();
        waiting.first(head -> !goesBefore(head, ticket) || claims(head, claimed, now));
        return claimed;
    }

    /** Never ends the walk: even what could begin is still ahead. */
    private boolean claims(Ticket head, Set<String> claimed, long now) {
        canBegin(head, claimed, now);
        return false;
    }

    private static boolean goesBefore(Ticket one, Ticket other) {
        int lane = one.lane().compareTo(other.lane());
        return lane < 0 || (lane == 0 && Ticket.ORDER.compare(one, other) < 0);
    }
}
