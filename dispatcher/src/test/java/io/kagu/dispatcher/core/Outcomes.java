package io.kagu.dispatcher.core;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** The outcomes that calls end with in tests. */
final class Outcomes {

    static final Outcome COMPLETED = new Outcome.Completed(200, "application/json");
    static final Outcome FAULT = new Outcome.Fault("status 500");
    static final Outcome REJECTED =
            new Outcome.Rejected("response_too_large", OptionalInt.of(200), "9 MiB");
    static final Outcome LOST = new Outcome.Lost("executor stopped");
    static final Outcome ABORTED = new Outcome.Aborted();
    static final Outcome BUSY = new Outcome.Overloaded(OptionalLong.empty(), "status 503");

    private Outcomes() {}

    static Outcome busyFor(long millis) {
        return new Outcome.Overloaded(OptionalLong.of(millis), "status 429");
    }
}
