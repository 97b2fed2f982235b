package io.kagu.dispatcher.pool;

import io.kagu.dispatcher.core.AttemptOutcome;
import io.kagu.dispatcher.executor.Call;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input and what follows from it: first the rows are stored, then the records forwarded, then
 * the calls begun. A crash at any point in between is mended by the input's redelivery.
 */
final class Turn {

    private final String submitted;
    private final byte[] body;
    private final @Nullable AttemptOutcome outcome;
    private final List<Emission> emissions = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<BreakerMove> breakerMoves = new ArrayList<>();
    private int ownCalls;

    private Turn(String submitted, byte[] body, @Nullable AttemptOutcome outcome) {
        this.submitted = submitted;
        this.body = body;
        this.outcome = outcome;
    }

    /** A turn that the clock or a command began. */
    static Turn empty() {
        return new Turn("", new byte[0], null);
    }

    /** A turn begun by a job record. */
    static Turn submission(String jobId, byte[] requestBody) {
        return new Turn(jobId, requestBody, null);
    }

    /** A turn begun by an outcome. */
    static Turn outcome(AttemptOutcome outcome, byte[] responseBody) {
        return new Turn("", responseBody, outcome);
    }

    /** The body of this job, if it was this turn's record that brought it. */
    Optional<byte[]> requestBody(String jobId) {
        return submitted.equals(jobId) ? Optional.of(body) : Optional.empty();
    }

    /** The body that came with the outcome. */
    byte[] responseBody() {
        return body;
    }

    /** The outcome that began this turn. */
    Optional<AttemptOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    void emit(Emission emission) {
        emissions.add(emission);
    }

    void call(Call call) {
        calls.add(call);
        ownCalls += call.lease().spilled() ? 0 : 1;
    }

    /** How many of the calls are for this replica's own executor. */
    int ownCalls() {
        return ownCalls;
    }

    void moved(BreakerMove breaker) {
        breakerMoves.add(breaker);
    }

    List<Emission> emissions() {
        return emissions;
    }

    List<Call> calls() {
        return calls;
    }

    List<BreakerMove> breakerMoves() {
        return breakerMoves;
    }
}
