package io.kagu.dispatcher.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the tenants have of one lane, each by model. */
final class LaneShares {

    private static final int FEW = 1_000;

    /** At most about 200 bytes each. */
    private static final int MAX_IDLE = 100_000;

    /** In the order in which they came, by which nothing is decided. */
    private final Map<String, Map<String, TenantShare>> byTenant = new LinkedHashMap<>();

    private final Map<String, Long> begun = new TreeMap<>();
    private int size;
    private int sweepAbove = FEW;

    void waits(Ticket ticket) {
        share(ticket).waits(ticket);
    }

    void leaves(Ticket ticket) {
        share(ticket).leaves(ticket);
    }

    /** A call of this ticket's job began, now or earlier. */
    void began(Ticket ticket) {
        share(ticket).began(ticket);
        begun.merge(ticket.model(), ticket.tag(), Math::max);
    }

    private TenantShare share(Ticket ticket) {
        Map<String, TenantShare> ofTenant =
                byTenant.computeIfAbsent(ticket.tenant(), tenant -> new TreeMap<>());
        return Objects.requireNonNull(
                ofTenant.computeIfAbsent(
                        ticket.model(),
                        model -> {
                            size++;
                            return new TenantShare();
                        }));
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
        Map<String, TenantShare> ofTenant = byTenant.getOrDefault(tenant, Map.of());
        for (Map.Entry<String, TenantShare> share : ofTenant.entrySet()) {
            if (models.contains(share.getKey())) {
                latest = Math.max(latest, share.getValue().finish());
            }
        }
        return latest;
    }

    /** Whether jobs of other tenants wait for these models; O(tenants). */
    boolean othersWait(Collection<String> models, String tenant) {
        return byTenant.entrySet().stream()
                .filter(ofTenant -> !ofTenant.getKey().equals(tenant))
                .flatMap(ofTenant -> ofTenant.getValue().entrySet().stream())
                .anyMatch(share -> !share.getValue().idle() && models.contains(share.getKey()));
    }

    /** The waiting ticket with the lowest sequence; O(tenants). */
    Optional<Ticket> oldest() {
        return all().flatMap(share -> share.first().stream())
                .min(Comparator.comparingLong(Ticket::sequence));
    }

    private Stream<TenantShare> all() {
        return byTenant.values().stream().flatMap(ofTenant -> ofTenant.values().stream());
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
        for (Map<String, TenantShare> ofTenant : byTenant.values()) {
            ofTenant.entrySet()
                    .removeIf(share ->
                            share.getValue().idle()
                                    && share.getValue().finish()
                                            <= floor.applyAsLong(share.getKey()));
        }
        byTenant.values().removeIf(Map::isEmpty);
    }

    /** Tenants that are remembered, once for each model. */
    int size() {
        return size;
    }
}
