package io.kagu.dispatcher.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the tenants have of one lane, each by model. */
final class LaneShares {

    private static final int FEW = 1_000;

    /** About 200 bytes each. */
    private static final int MAX_IDLE = 100_000;

    /**
     * In the order in which they came, by which nothing is decided. A tenant asks for few models:
     * its shares are a list, which is walked.
     */
    private final Map<String, List<TenantShare>> byTenant = new LinkedHashMap<>();

    private final Map<String, Long> begun = new LinkedHashMap<>();
    private int size;
    private int sweepAbove = FEW;

    /** A call of this ticket's job began, now or earlier. */
    void began(Ticket ticket, TenantShare share) {
        share.began(ticket);
        begun.merge(ticket.model(), ticket.tag(), Math::max);
    }

    /** What a ticket's tenant has of its model. */
    TenantShare share(Ticket ticket) {
        List<TenantShare> ofTenant =
                byTenant.computeIfAbsent(ticket.tenant(), tenant -> new ArrayList<>(1));
        for (TenantShare share : ofTenant) {
            if (share.model().equals(ticket.model())) {
                return share;
            }
        }
        TenantShare share = new TenantShare(ticket.tenant(), ticket.model());
        ofTenant.add(share);
        size++;
        return share;
    }

    /** The highest tag of these models that a call began with. */
    long begun(Collection<String> models) {
        long highest = 0;
        for (String model : models) {
            highest = Math.max(highest, begun.getOrDefault(model, 0L));
        }
        return highest;
    }

    /** The tag at which a tenant's next job of these models may start, by what it had of them. */
    long finish(Collection<String> models, String tenant) {
        long latest = 0;
        for (TenantShare share : byTenant.getOrDefault(tenant, List.of())) {
            if (share.finish() > latest && models.contains(share.model())) {
                latest = share.finish();
            }
        }
        return latest;
    }

    /** Whether jobs of other tenants wait for these models; O(tenants). */
    boolean othersWait(Collection<String> models, String tenant) {
        return byTenant.entrySet().stream()
                .filter(ofTenant -> !ofTenant.getKey().equals(tenant))
                .flatMap(ofTenant -> ofTenant.getValue().stream())
                .anyMatch(share -> !share.idle() && models.contains(share.model()));
    }

    /** The waiting ticket with the lowest sequence; O(tenants). */
    Optional<Ticket> oldest() {
        return all().flatMap(share -> share.first().stream())
                .min(Comparator.comparingLong(Ticket::sequence));
    }

    private Stream<TenantShare> all() {
        return byTenant.values().stream().flatMap(List::stream);
    }

    /**
     * Now and then forgets tenants of whom nothing waits and who are not ahead of their share.
     *
     * @param floor by model, the tag below which no new job starts
     */
    void sweep(ToLongFunction<String> floor) {
        if (size <= sweepAbove) {
            return;
        }
        forgetIdle(floor);
        if (all().filter(TenantShare::idle).count() > MAX_IDLE) {
            forgetIdle(_ -> Long.MAX_VALUE);
        }
        size = (int) all().count();
        sweepAbove = FEW + 2 * size;
    }

    private void forgetIdle(ToLongFunction<String> floor) {
        for (List<TenantShare> ofTenant : byTenant.values()) {
            ofTenant.removeIf(
                    share -> share.idle() && share.finish() <= floor.applyAsLong(share.model()));
        }
        byTenant.values().removeIf(List::isEmpty);
    }

    /** Tenants that are remembered, once for each model. */
    int size() {
        return size;
    }
}
