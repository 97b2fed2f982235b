package io.kagu.dispatcher.core;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** How an attempt ended; one case per reaction of the queue, not one per HTTP status. */
public sealed interface Outcome {

    /** The word for headers, views and metrics. */
    default String word() {
        return switch (this) {
            case Completed c -> "completed";
            case Overloaded o -> "overloaded";
            case Fault f -> "fault";
            case Rejected r -> "rejected";
            case Lost l -> "lost";
            case Aborted a -> "aborted";
        };
    }

    /** The GPU answered; its response ends the job. */
    record Completed(int status, String contentType) implements Outcome {}

    /**
     * The GPU is too busy (429, 503): the same job later, no attempt counted.
     *
     * @param retryAfterMillis what the GPU asked for
     */
    record Overloaded(OptionalLong retryAfterMillis, String reason) implements Outcome {}

    /** Connection, time-out, other 5xx or a broken body: counts as a failed attempt. */
    record Fault(String reason) implements Outcome {}

    /**
     * The job's own fault (other 4xx, a response over the limit): it dies at once.
     *
     * @param code stable, such as {@code rejected} or {@code response_too_large}
     * @param status the GPU's HTTP status where it answered
     */
    record Rejected(String code, OptionalInt status, String reason) implements Outcome {}

    /** The executor died, was cut off or stopped: the job is queued again. */
    record Lost(String reason) implements Outcome {}

    /** The executor closed the call because the owner asked it to. */
    record Aborted() implements Outcome {}
}
