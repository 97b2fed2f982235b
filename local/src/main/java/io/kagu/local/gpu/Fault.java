package io.kagu.local.gpu;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One way in which a simulated GPU can misbehave; {@link Faults} switches it on and off. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fault.Refuse.class, name = "refuse"),
    @JsonSubTypes.Type(value = Fault.Die.class, name = "die"),
    @JsonSubTypes.Type(value = Fault.FailWith.class, name = "status"),
    @JsonSubTypes.Type(value = Fault.TooManyRequests.class, name = "too-many-requests"),
    @JsonSubTypes.Type(value = Fault.Hang.class, name = "hang"),
    @JsonSubTypes.Type(value = Fault.Slow.class, name = "slow"),
    @JsonSubTypes.Type(value = Fault.BrokenBody.class, name = "broken-body"),
    @JsonSubTypes.Type(value = Fault.DropConnection.class, name = "drop-connection"),
    @JsonSubTypes.Type(value = Fault.LyingSidecar.class, name = "lying-sidecar"),
    @JsonSubTypes.Type(value = Fault.SilentSidecar.class, name = "silent-sidecar"),
    @JsonSubTypes.Type(value = Fault.GarbageSidecar.class, name = "garbage-sidecar")
})
public sealed interface Fault {

    /** A fault of the whole inference server: it is on or off, never for some calls only. */
    sealed interface OfServer extends Fault {}

    /** A fault of single inference calls. */
    sealed interface OfCall extends Fault {}

    /** A fault of single readings of the sidecar, of either format. */
    sealed interface OfSidecar extends Fault {}

    /** The port is closed and idle connections with it; calls under way are still answered. */
    record Refuse() implements OfServer {}

    /**
     * The inference server is gone as if killed: port closed, every connection reset. The sidecar
     * is another process and goes on; clearing the fault starts the server again on the same port.
     */
    record Die() implements OfServer {}

    /** Answers at once with this HTTP status, 400 to 599, and an error body. */
    record FailWith(int status) implements OfCall {
        public FailWith {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599, not " + status);
            }
        }
    }

    /** Answers at once with 429 and {@code Retry-After}. */
    record TooManyRequests(int retryAfterSeconds) implements OfCall {
        public TooManyRequests {
            if (retryAfterSeconds < 0) {
                throw new IllegalArgumentException(
                        "retryAfterSeconds must not be negative: " + retryAfterSeconds);
            }
        }
    }

    /**
     * Takes a slot and never answers, until faults are cleared or replaced, or the client leaves.
     */
    record Hang() implements OfCall {}

    /** Takes this many times as long. */
    record Slow(double factor) implements OfCall {
        public Slow {
            if (!(factor > 0 && factor <= 1_000_000)) {
                throw new IllegalArgumentException(
                        "factor must be above 0 and at most 1000000, not " + factor);
            }
        }
    }

    /** Answers 200 with JSON that breaks off in the middle. */
    record BrokenBody() implements OfCall {}

    /** Closes the connection in the middle of the response. */
    record DropConnection() implements OfCall {}

    /** The sidecar reports these numbers whatever the GPU does. */
    record LyingSidecar(GpuReading reading) implements OfSidecar {}

    /** The sidecar accepts and never answers, until faults are cleared or the client leaves. */
    record SilentSidecar() implements OfSidecar {}

    /** The sidecar answers 200 with something that is neither JSON nor metrics. */
    record GarbageSidecar() implements OfSidecar {}
}
