package io.kagu.broker;

import java.io.Serial;

/** Says why the embedded broker could not start and what to do, in a message fit for a user. */
public final class BrokerStartException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** What kept the broker from starting. */
    public enum Reason {
        PORT_BUSY,
        FOLDER_IN_USE,
        FOLDER_NOT_WRITABLE,
        FOLDER_DAMAGED,
        TIMED_OUT,
        FAILED
    }

    private final Reason reason;

    public BrokerStartException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
