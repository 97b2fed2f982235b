package io.kagu.dispatcher.core;

import io.kagu.common.gpu.GpuMetrics.Health;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** One GPU of a pool: its registry entry, the leases it holds and what its sidecar last said. */
final class Gpu {

    /** What is known of a GPU beside its leases. */
    enum Knowledge {
        /** It has no sidecar: leases and breaker alone speak for it. */
        NO_SIDECAR,
        FRESH,
        /** Some scrapes were missed; the last numbers still count. */
        STALE,
        /** Its sidecar is silent, or says what cannot be true. */
        UNKNOWN;

        /** Its word in JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether there are numbers that count. */
        boolean told() {
            return this == FRESH || this == STALE;
        }
    }

    private final GpuSpec spec;
    private final int slots;
    private final int mostLeases;
    private final boolean draining;
    private final boolean watched;
    private final int models;
    private int leased;
    private Optional<SidecarReading> reading = Optional.empty();

    Gpu(GpuSpec spec, int leased) {
        this.spec = spec;
        this.slots = spec.slots();
        this.draining = spec.draining();
        this.watched = spec.sidecar().kind() != Sidecar.Kind.NONE;
        this.models = spec.models().size();
        this.mostLeases = Math.min(spec.slots(), spec.limits().concurrency().orElse(spec.slots()));
        this.leased = leased;
    }

    GpuSpec spec() {
        return spec;
    }

    String name() {
        return spec.name();
    }

    /** How many models it serves. */
    int models() {
        return models;
    }

    boolean servesAny(Collection<String> models) {
        for (ServedModel model : spec.models()) {
            if (models.contains(model.name())) {
                return true;
            }
        }
        return false;
    }

    void take() {
        leased++;
    }

    void release() {
        if (leased < 1) {
            throw new IllegalStateException("no lease is held on GPU " + name());
        }
        leased--;
    }

    boolean draining() {
        return draining;
    }

    int slots() {
        return slots;
    }

    int leased() {
        return leased;
    }

    /** Whether it may hold no further lease. */
    boolean full() {
        return leased >= mostLeases;
    }

    /** Most leases at once: its slots, or fewer where its limits say so. */
    int mostLeases() {
        return mostLeases;
    }

    /** Share of its slots that are taken, 0 to 1. */
    double occupancy() {
        return (double) leased / slots;
    }

    /** Takes note of what its sidecar said, unless something newer is known. */
    void read(SidecarReading said) {
        reading = Optional.of(reading.map(said::after).orElse(said));
    }

    Optional<SidecarReading> reading() {
        return reading;
    }

    Knowledge knowledge(long now) {
        if (!watched) {
            return Knowledge.NO_SIDECAR;
        }
        if (reading.isEmpty() || !tells(reading.get().metrics().health())) {
            return Knowledge.UNKNOWN;
        }
        long age = now - reading.get().seenAt();
        if (age > SidecarReading.KNOWN_FOR) {
            return Knowledge.UNKNOWN;
        }
        return age > SidecarReading.FRESH_FOR ? Knowledge.STALE : Knowledge.FRESH;
    }

    private static boolean tells(Health health) {
        return health == Health.OK || health == Health.DOWN;
    }

    /** Whether its sidecar says that the card cannot work; what is unknown is not down. */
    boolean down(long now) {
        return reading.isPresent()
                && reading.get().metrics().health() == Health.DOWN
                && knowledge(now) != Knowledge.UNKNOWN;
    }
}
