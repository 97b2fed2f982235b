package io.kagu.dispatcher.core;

import java.util.Locale;

/** Why a GPU gets no call now, in the order in which it is told. */
public enum Hindrance {
    /** An operator drains it. */
    DRAINING(true),
    /** Its sidecar says that the card cannot work. */
    DOWN(true),
    /** It failed, and gets no call for a while. */
    BREAKER_OPEN(true),
    /** It failed, and one call is trying it. */
    PROBING(true),
    /** All its slots are taken. */
    FULL(false),
    /** Its limits let no call begin yet. */
    LIMITED(false);

    private final boolean lasting;

    Hindrance(boolean lasting) {
        this.lasting = lasting;
    }

    /** Whether waiting for a call to end does not help, so that a fallback may step in. */
    boolean lasting() {
        return lasting;
    }

    /** Its word in JSON and meters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
