package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.kagu.common.http.ProblemException;
import io.micrometer.core.instrument.Timer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Answers a route's requests now or later, and times them by their status. An answer that comes
 * later is written by a thread of its own: a slow caller holds up nobody else.
 */
public record InquiryHandler(RouteTimer timer, Inquiry inquiry) implements Handler {

    private static final Executor WRITERS = Thread::startVirtualThread;
    private static final int BUG = 500;

    @Override
    public void handle(Context ctx) throws Exception {
        Timer.Sample sample = timer.begin();
        CompletableFuture<Reply> reply;
        try {
            reply = inquiry.ask(ctx);
        } catch (Exception e) {
            timer.end(sample, statusOf(e));
            throw e;
        }
        if (reply.isDone()) {
            write(ctx, reply, sample);
        } else {
            ctx.future(() -> reply.handleAsync((_, _) -> later(ctx, reply, sample), WRITERS));
        }
    }

    private boolean later(Context ctx, CompletableFuture<Reply> reply, Timer.Sample sample) {
        try {
            write(ctx, reply, sample);
            return true;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void write(Context ctx, CompletableFuture<Reply> reply, Timer.Sample sample)
            throws Exception {
        int status = BUG;
        try {
            reply.join().write(ctx);
            status = ctx.statusCode();
        } catch (CompletionException e) {
            Exception cause = e.getCause() instanceof Exception known ? known : e;
            status = statusOf(cause);
            throw cause;
        } catch (Exception e) {
            status = statusOf(e);
            throw e;
        } finally {
            timer.end(sample, status);
        }
    }

    private static int statusOf(Exception failure) {
        return failure instanceof ProblemException problem ? problem.problem().status() : BUG;
    }
}
