package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuSpec;
import io.kagu.dispatcher.core.GpuChoice.Chosen;
import io.kagu.dispatcher.core.GpuChoice.Wish;
import io.kagu.dispatcher.core.JobState.Queued;
import io.kagu.dispatcher.core.PoolEvent.Moved;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives free slots to waiting jobs. The first job that can use a slot gets it, unless the tokens
 * there are claimed ({@link TokenClaims}).
 */
final class Grants {

    private final FairQueue waiting;
    private final PoolGpus gpus;
    private final TokenClaims claims;
    private final long abortGrace;

    Grants(FairQueue waiting, PoolGpus gpus, Pauses pauses, long abortGrace) {
        this.waiting = waiting;
        this.gpus = gpus;
        this.claims = new TokenClaims(waiting, gpus, pauses);
        this.abortGrace = abortGrace;
    }

    /** The next grant, or the end of a job whose turn came too late; empty if there is none. */
    Optional<PoolEvent> next(PoolCommand.Fill fill, Rows rows) {
        if (fill.taker().freeCalls() < 1) {
            return Optional.empty();
        }
        Set<String> claimed = new TreeSet<>();
        return waiting.first(ticket -> claims.canBegin(ticket, claimed, fill.now()))
                .map(ticket -> grant(ticket, rows.live(ticket.jobId()), claimed, fill));
    }

    private PoolEvent grant(Ticket ticket, JobRow row, Set<String> claimed, PoolCommand.Fill fill) {
        Queued queued = (Queued) row.state();
        long now = fill.now();
        if (now >= row.deadline()) {
            return Moved.of(row, row.to(queued.expire(now), now));
        }
        Wish wish = new Wish(ticket.model(), ticket.tokens(), failedOn(row), row.job().affinity());
        Chosen chosen = gpus.choose(wish, claimed, now).orElseThrow();
        GpuSpec gpu = chosen.gpu().spec();
        long longest = gpu.callTimeoutSeconds() * 1000L + abortGrace;
        Lease lease = fill.taker().lease(row, gpu.name(), now, longest);
        return Moved.of(row, row.started(queued.start(lease), chosen.why(), now));
    }

    private static String failedOn(JobRow row) {
        for (int i = row.attempts().size() - 1; i >= 0; i--) {
            if (row.attempts().get(i).faulted()) {
                return row.attempts().get(i).gpu();
            }
        }
        return "";
    }
}
