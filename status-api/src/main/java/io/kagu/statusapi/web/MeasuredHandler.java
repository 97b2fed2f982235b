package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times a route's requests by their status. */
public record MeasuredHandler(String route, MeterRegistry registry, Handler inner)
        implements Handler {

    private static final int BUG = 500;

    @Override
    public void handle(Context ctx) throws Exception {
        Timer.Sample sample = Timer.start(registry);
        int status = BUG;
        try {
            inner.handle(ctx);
            status = ctx.statusCode();
        } catch (ProblemException e) {
            status = e.problem().status();
            throw e;
        } finally {
            sample.stop(
                    registry.timer(
                            "kagu.status.requests",
                            "route",
                            route,
                            "status",
                            Integer.toString(status)));
        }
    }
}
