package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;

import java.time.Duration;

/** How long a caller wants to wait: {@code ?wait=N}, in seconds. */
final class WaitParameter {

    private static final int MAX_SECONDS = 60;

    private WaitParameter() {}

    /**
     * The wait that a request asks for; none if it says nothing.
     *
     * @throws ProblemException 400 for what is no wait
     */
    static Duration read(Context ctx) {
        String seconds = ctx.queryParam("wait");
        if (seconds == null) {
            return Duration.ZERO;
        }
        try {
            int asked = Integer.parseInt(seconds);
            if (asked >= 0) {
                return Duration.ofSeconds(Math.min(asked, MAX_SECONDS));
            }
        } catch (NumberFormatException _) {
            // Falls through to the one answer for both faults.
        }
        throw new ProblemException(
                Problem.field(
                        400, "bad_wait", "wait", "whole seconds from 0; over 60 counts as 60"));
    }
}
