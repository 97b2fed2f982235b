package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.micrometer.core.instrument.Timer;

/** Times a route's requests by their status. */
public record MeasuredHandler(RouteTimer timer, Handler inner) implements Handler {

    private static final int BUG = 500;

    @Override
    public void handle(Context ctx) throws Exception {
        Timer.Sample sample = timer.begin();
        int status = BUG;
        try {
            inner.handle(ctx);
            status = ctx.statusCode();
        } catch (ProblemException e) {
            status = e.problem().status();
            throw e;
        } finally {
            timer.end(sample, status);
        }
    }
}
