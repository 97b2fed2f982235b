package io.kagu.dispatcher.core;

import java.util.Locale;
import java.util.Optional;

/** Why a GPU gets no call now, in the order in which it is told. */
public enum Hindrance {
    /** An operator drains it. */
    DRAINING(true, "GPUs are being drained"),
    /** Its sidecar says that the card cannot work. */
    DOWN(true, "sidecars say that cards cannot work"),
    /** It failed, and gets no call for a while. */
    BREAKER_OPEN(true, "GPUs failed and get no calls for a while"),
    /** It failed, and one call is trying it. */
    PROBING(true, "GPUs failed and are tried with one call"),
    /** All its slots are taken. */
    FULL(false, "all slots are taken"),
    /** Its limits let no call begin yet. */
    LIMITED(false, "GPUs are at their limits");

    private final boolean lasting;
    private final String message;
    private final String word = name().toLowerCase(Locale.ROOT);
    private final Optional<Hindrance> some = Optional.of(this);

    Hindrance(boolean lasting, String message) {
        this.lasting = lasting;
        this.message = message;
    }

    /** What it is, for people. */
    String message() {
        return message;
    }

    /** This one, as an answer that may have been none; made once, as it is given often. */
    Optional<Hindrance> some() {
        return some;
    }

    /** Whether waiting for a call to end does not help, so that a fallback may step in. */
    boolean lasting() {
        return lasting;
    }

    /** Its word in JSON and meters. */
    public String word() {
        return word;
    }
}
