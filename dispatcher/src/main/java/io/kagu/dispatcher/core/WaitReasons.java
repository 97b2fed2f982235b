package io.kagu.dispatcher.core;

import io.kagu.common.job.Pause;
import io.kagu.common.job.PauseScope;
import io.kagu.common.job.WaitReason;
import io.kagu.dispatcher.core.PoolGpus.Hindered;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says why a job waits. */
final class WaitReasons {

    private final FairQueue queue;
    private final PoolGpus gpus;
    private final Pauses pauses;
    private final TokenClaims claims;

    WaitReasons(FairQueue queue, PoolGpus gpus, Pauses pauses) {
        this.queue = queue;
        this.gpus = gpus;
        this.pauses = pauses;
        this.claims = new TokenClaims(queue, gpus, pauses);
    }

    /** All reasons of a live job, those that weigh most first; none for one that runs. */
    List<WaitReason> of(JobRow row, long now) {
        return switch (row.state()) {
            case JobState.Queued q -> waits(row, now);
            case JobState.Retrying retrying ->
                    List.of(
                            WaitReason.of("retrying", retrying.reason().message())
                                    .until(Instant.ofEpochMilli(retrying.dueAt())));
            case JobState.Forwarded gone ->
                    List.of(
                            WaitReason.of(
                                    "forwarded", "it is on its way to pool " + gone.toPool()));
            case JobState.Running r -> List.of();
            case JobState.Terminal t -> List.of();
        };
    }

    private List<WaitReason> waits(JobRow row, long now) {
        List<WaitReason> found = new ArrayList<>();
        Ticket ticket = queue.ticket(row);
        pauses.of(ticket, now).map(WaitReasons::paused).ifPresent(found::add);
        if (!gpus.serves(row.model())) {
            found.add(WaitReason.of("unserved", "no GPU of the pool serves " + row.model()));
            return found;
        }
        addQueue(ticket, found);
        addGpus(ticket, now, found);
        return found;
    }

    private static WaitReason paused(Pause pause) {
        String what = pause.scope().equals(PauseScope.POOL) ? "the pool" : "it";
        String why = pause.reason().map(reason -> ": " + reason).orElse("");
        WaitReason reason = WaitReason.of("paused", what + " is paused" + why);
        return pause.until().map(reason::until).orElse(reason);
    }

    private void addQueue(Ticket ticket, List<WaitReason> found) {
        int higher = queue.aheadInHigherLanes(ticket);
        int inLane = queue.aheadInLane(ticket);
        if (higher > 0) {
            found.add(
                    WaitReason.of("behind_higher_lanes", "jobs of higher priority go first")
                            .times(higher));
        }
        if (inLane > 0) {
            found.add(WaitReason.of("behind_in_lane", "jobs of its lane go first").times(inLane));
        }
        if (queue.heldToShare(ticket)) {
            found.add(WaitReason.of("fair_share", "its tenant has had, or has waiting, its share"));
        }
    }

    private void addGpus(Ticket ticket, long now, List<WaitReason> found) {
        gpus.hindrances(ticket, now).forEach((why, gpus) -> found.add(hindered(why, gpus)));
        List<String> claimed = gpus.freeAmong(claims.before(ticket, now), ticket, now);
        if (!claimed.isEmpty()) {
            String message = "jobs before it wait for the tokens of " + String.join(", ", claimed);
            found.add(WaitReason.of("behind_token_claim", message).times(claimed.size()));
        }
        int unknown = gpus.unknown(ticket.model(), now);
        if (unknown > 0) {
            found.add(
                    WaitReason.of("metrics_unknown", "sidecars are silent; GPUs are used last")
                            .times(unknown));
        }
    }

    private static WaitReason hindered(Hindrance why, Hindered gpus) {
        WaitReason reason = WaitReason.of(why.word(), why.message()).times(gpus.gpus());
        return gpus.until() > 0 ? reason.until(Instant.ofEpochMilli(gpus.until())) : reason;
    }
}
