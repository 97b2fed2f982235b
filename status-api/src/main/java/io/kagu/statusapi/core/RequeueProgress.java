package io.kagu.statusapi.core;

import com.fasterxml.jackson.annotation.JsonValue;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a run through dead letters is.
 *
 * @param detail why it stopped or failed
 * @param selected letters that were fixed at the start
 * @param more whether others matched beyond the limit
 * @param requeued commands that Kafka acknowledged
 * @param skipped letters that somebody else had taken back
 * @param canaries jobs that went first
 * @param canariesCompleted of them, those that completed
 */
public record RequeueProgress(
        State state,
        Optional<String> detail,
        RequeueRequest request,
        int selected,
        boolean more,
        int requeued,
        int skipped,
        int canaries,
        int canariesCompleted,
        Instant startedAt,
        Optional<Instant> endedAt) {

    /** What a run does. */
    public enum State {
        /** Requeues the canaries and waits for their ends. */
        CANARY,
        /** Requeues the rest. */
        SENDING,
        /** Has requeued all. */
        DONE,
        /** Was stopped, by an operator or a canary that did not complete. */
        STOPPED,
        /** Could not go on. */
        FAILED;

        /** Whether it does nothing any more. */
        public boolean ended() {
            return this == DONE || this == STOPPED || this == FAILED;
        }

        /** The word used in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A run that starts. */
    public static RequeueProgress started(
            RequeueRequest request, int selected, boolean more, Instant now) {
        return new RequeueProgress(
                request.canary() > 0 ? State.CANARY : State.SENDING,
                Optional.empty(),
                request,
                selected,
                more,
                0,
                0,
                0,
                0,
                now,
                Optional.empty());
    }

    /** One more command is stored. */
    public RequeueProgress afterRequeue() {
        return counted(requeued + 1, skipped, canaries + (state == State.CANARY ? 1 : 0));
    }

    /** One more letter is not there any more. */
    public RequeueProgress afterSkip() {
        return counted(requeued, skipped + 1, canaries);
    }

    /** So many canaries have completed. */
    public RequeueProgress withCompleted(int completed) {
        return new RequeueProgress(
                state, detail, request, selected, more, requeued, skipped, canaries, completed,
                startedAt, endedAt);
    }

    /** All canaries have completed; what is over already stays as it is. */
    public RequeueProgress passed() {
        return state.ended()
                ? this
                : new RequeueProgress(
                        State.SENDING,
                        detail,
                        request,
                        selected,
                        more,
                        requeued,
                        skipped,
                        canaries,
                        canaries,
                        startedAt,
                        endedAt);
    }

    /** The run is over; what is over already stays as it is. */
    public RequeueProgress ended(State end, Optional<String> why, Instant now) {
        return state.ended()
                ? this
                : new RequeueProgress(
                        end,
                        why,
                        request,
                        selected,
                        more,
                        requeued,
                        skipped,
                        canaries,
                        canariesCompleted,
                        startedAt,
                        Optional.of(now));
    }

    private RequeueProgress counted(int sent, int gone, int first) {
        return new RequeueProgress(
                state,
                detail,
                request,
                selected,
                more,
                sent,
                gone,
                first,
                canariesCompleted,
                startedAt,
                endedAt);
    }
}
