package io.kagu.dispatcher.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What the tenants have of one lane, by model. */
final class LaneShares {

    private static final int FEW = 1_000;

    /** At most about 200 bytes each. */
    private static final int MAX_IDLE = 100_000;

    private final Map<Key, TenantShare> shares = new TreeMap<>(Key.ORDER);
    private final Map<String, Long> begun = new TreeMap<>();
    private int sweepAbove = FEW;

    private record Key(String model, String tenant) {

        static final Comparator<Key> ORDER =
                Comparator.comparing(Key::model).thenComparing(Key::tenant);

        static Key of(Ticket ticket) {
            return new Key(ticket.model(), ticket.tenant());
        }
    }

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
        return shares.computeIfAbsent(Key.of(ticket), key -> new TenantShare());
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
        for (String model : models) {
            TenantShare share = shares.get(new Key(model, tenant));
            latest = share == null ? latest : Math.max(latest, share.finish());
        }
        return latest;
    }

    /** Whether jobs of other tenants wait for these models; O(tenants). */
    boolean othersWait(Collection<String> models, String tenant) {
        return shares.entrySet().stream()
                .filter(share -> models.contains(share.getKey().model()))
                .filter(share -> !share.getKey().tenant().equals(tenant))
                .anyMatch(share -> !share.getValue().idle());
    }

    /** The waiting ticket with the lowest sequence; O(tenants). */
    Optional<Ticket> oldest() {
        return shares.values().stream()
                .filter(share -> !share.idle())
                .map(TenantShare::first)
                .min(Comparator.comparingLong(Ticket::sequence));
    }

    /**
     * Now and then forgets tenants of whom nothing waits and who are not ahead of their share.
     *
     * @param floor by model, the tag below which no new job starts
     */
    void sweep(ToLongFunction<String> floor) {
        if (shares.size() <= sweepAbove) {
            return;
        }
        shares.entrySet()
                .removeIf(entry -> {
                    TenantShare share = entry.getValue();
                    long start = floor.applyAsLong(entry.getKey().model());
                    return share.idle() && share.finish() <= start;
                });
        if (shares.values().stream().filter(TenantShare::idle).count() > MAX_IDLE) {
            shares.values().removeIf(TenantShare::idle);
        }
        sweepAbove = FEW + 2 * shares.size();
    }

    /** Tenants that are remembered, once for each model. */
    int size() {
        return shares.size();
    }
}
