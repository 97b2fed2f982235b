package io.kagu.dispatcher.core;

import io.kagu.dispatcher.core.Sightings.CallId;
import io.kagu.dispatcher.core.Sightings.Sighting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds leases whose calls are lost. What looks lost is first suspected and judged only after a
 * barrier written later was read back: by then every outcome that was acknowledged before the
 * suspicion has been read, so a call that ended in time is never taken for lost, and neither is one
 * that ended while its pool had no owner.
 */
final class LeaseWatch {

    private final PoolRules rules;
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final Map<String, Long> suspected = new TreeMap<>();
    private final Map<String, Long> abortAsked = new TreeMap<>();
    private long ownerSince;

    LeaseWatch(PoolRules rules, long ownerSince) {
        this.rules = rules;
        this.ownerSince = ownerSince;
    }

    void add(Lease lease) {
        leases.put(lease.jobId(), lease);
    }

    void remove(String jobId) {
        leases.remove(jobId);
        suspected.remove(jobId);
        abortAsked.remove(jobId);
    }

    void suspect(Lease lease, long barrier) {
        suspected.put(lease.jobId(), barrier);
    }

    void clear(Lease lease) {
        suspected.remove(lease.jobId());
    }

    void abortAsked(Lease lease, long now) {
        abortAsked.put(lease.jobId(), now);
    }

    Collection<Lease> leases() {
        return leases.values();
    }

    /** Aborts that are to be repeated because no outcome came. */
    List<Lease> abortsDue(long now) {
        return leases.values().stream()
                .filter(lease -> now - lastAbort(lease, now) >= rules.abortEvery())
                .toList();
    }

    private long lastAbort(Lease lease, long never) {
        return abortAsked.getOrDefault(lease.jobId(), never);
    }

    /** Suspicions to raise and to drop now. */
    List<PoolEvent> suspicions(Sightings sightings, Barriers barriers, long now) {
        List<PoolEvent> changes = new ArrayList<>();
        for (Lease lease : leases.values()) {
            boolean suspicious = suspicion(lease, sightings, now).isPresent();
            boolean known = suspected.containsKey(lease.jobId());
            if (suspicious && !known) {
                changes.add(new PoolEvent.Suspected(lease, barriers.next()));
            } else if (!suspicious && known) {
                changes.add(new PoolEvent.Cleared(lease));
            }
        }
        return changes;
    }

    /** Outcomes for the leases whose suspicion is proved, by the owner in the executor's stead. */
    List<AttemptOutcome> proved(Sightings sightings, Barriers barriers, long now) {
        List<AttemptOutcome> outcomes = new ArrayList<>();
        for (Lease lease : leases.values()) {
            long barrier = suspected.getOrDefault(lease.jobId(), Long.MAX_VALUE);
            if (barriers.read() >= barrier) {
                suspicion(lease, sightings, now)
                        .ifPresent(what -> outcomes.add(outcome(lease, what, now)));
            }
        }
        return outcomes;
    }

    /** The newest barrier that some suspicion waits for; 0 if none does. */
    long barrierNeeded() {
        return suspected.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static AttemptOutcome outcome(Lease lease, Outcome what, long now) {
        return new AttemptOutcome(
                lease.jobId(),
                lease.attempt(),
                lease.gpu(),
                lease.executor(),
                lease.startedAt(),
                now,
                what);
    }

    private Optional<Outcome> suspicion(Lease lease, Sightings sightings, long now) {
        if (now >= lease.deadline()) {
            return Optional.of(new Outcome.Fault("no outcome before the lease deadline"));
        }
        Optional<Sighting> sighting = sightings.of(lease.executor());
        long heard = sighting.map(Sighting::arrivedAt).orElse(ownerSince);
        long since = Math.max(heard, sightings.listeningSince());
        if (now - Math.max(since, lease.startedAt()) > rules.lostAfter()) {
            return Optional.of(new Outcome.Lost("its executor fell silent"));
        }
        CallId call = new CallId(lease.jobId(), lease.attempt());
        boolean unlisted =
                sighting.filter(s -> s.sentAt() > lease.begunBy() + rules.unlistedAfter())
                        .filter(s -> !s.calls().contains(call))
                        .isPresent();
        return unlisted
                ? Optional.of(new Outcome.Lost("its executor does not know the call"))
                : Optional.empty();
    }
}
