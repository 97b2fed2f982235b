package io.kagu.dispatcher.executor;

import io.kagu.dispatcher.core.Outcome;

import java.util.OptionalLong;

/** How a call ended, with the response if it completed. A class because it holds an array. */
final class Answer {

    private static final byte[] NOTHING = new byte[0];

    private final Outcome outcome;
    private final byte[] body;
    private final OptionalLong tokens;

    private Answer(Outcome outcome, byte[] body, OptionalLong tokens) {
        this.outcome = outcome;
        this.body = body;
        this.tokens = tokens;
    }

    /** An ending; only a completed one keeps the response. */
    static Answer of(Outcome outcome, ResponseBody response) {
        return outcome instanceof Outcome.Completed(int _, String contentType)
                ? new Answer(
                        outcome, response.bytes(), TokenUsage.of(contentType, response.bytes()))
                : without(outcome);
    }

    /** An ending without a response. */
    static Answer without(Outcome outcome) {
        return new Answer(outcome, NOTHING, OptionalLong.empty());
    }

    Outcome outcome() {
        return outcome;
    }

    byte[] body() {
        return body;
    }

    /** Tokens that the response says were used; empty while unknown. */
    OptionalLong tokens() {
        return tokens;
    }
}
