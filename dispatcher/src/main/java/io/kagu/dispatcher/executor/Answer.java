package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;

/** How a call ended, with the response if it completed. A class because it holds an array. */
final class Answer {

    private static final byte[] NOTHING = new byte[0];

    private final Outcome outcome;
    private final byte[] body;

    private Answer(Outcome outcome, byte[] body) {
        this.outcome = outcome;
        this.body = body;
    }

    /** An ending; only a completed one keeps the response. */
    static Answer of(Outcome outcome, ResponseBody response) {
        return outcome instanceof Outcome.Completed
                ? new Answer(outcome, response.bytes())
                : without(outcome);
    }

    /** An ending without a response. */
    static Answer without(Outcome outcome) {
        return new Answer(outcome, NOTHING);
    }

    Outcome outcome() {
        return outcome;
    }

    byte[] body() {
        return body;
    }
}
