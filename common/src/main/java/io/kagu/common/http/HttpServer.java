package io.kagu.common.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import jakarta.servlet.http.HttpServletResponse;

import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;

/** An HTTP server on virtual threads whose every error is a problem. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long STOP_MILLIS = 500;
    private static final long STOP_IDLE_MILLIS = 50;
    private static final long COURTESY_BYTES = 1L << 20;
    private static final Problem BUG = FrameworkErrors.bug();

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * Starts to serve.
     *
     * @throws HttpStartException if the address cannot be had
     */
    public static HttpServer start(HttpConfig config, List<HttpRoutes> routes) {
        Javalin javalin = Javalin.create(setup -> configure(setup, config, routes));
        try {
            javalin.start();
            shortenIdleShutdown(javalin);
            return new HttpServer(javalin);
        } catch (JavalinBindException e) {
            throw new HttpStartException(
                    "port %d on %s is taken by another process: stop it or choose another port"
                            .formatted(config.port(), config.host()),
                    e);
        }
    }

    /**
     * Jetty waits a second for idle kept-alive connections, longer than the whole stop may take.
     */
    private static void shortenIdleShutdown(Javalin javalin) {
        for (var connector : javalin.jettyServer().server().getConnectors()) {
            if (connector instanceof AbstractConnector idle) {
                idle.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
            }
        }
    }

    private static void configure(JavalinConfig setup, HttpConfig config, List<HttpRoutes> routes) {
        setup.concurrency.useVirtualThreads = true;
        setup.startup.showJavalinBanner = false;
        setup.http.maxRequestSize = config.maxBodyBytes();
        setup.http.defaultContentType = "application/json";
        setup.http.prefer405over404 = true;
        setup.router.javaLangErrorHandler(HttpServer::answerError);
        setup.jetty.host = config.host();
        setup.jetty.port = config.port();
        setup.jetty.modifyServer(HttpServer::configure);
        // Jetty remembers header fields by connection, in a table of 100 KB for each: thousands
        // that wait would fill the heap.
        setup.jetty.modifyHttpConfiguration(http -> http.setHeaderCacheSize(0));
        setup.jetty.modifyServletContextHandler(
                context -> context.setErrorHandler(new ProblemErrorHandler()));
        setup.routes.exception(ProblemException.class, (e, ctx) -> answer(ctx, e.problem()));
        setup.routes.exception(
                BadJsonException.class,
                (e, ctx) ->
                        answer(
                                ctx,
                                Problem.of(
                                        400,
                                        "bad_json",
                                        "Malformed JSON",
                                        String.valueOf(e.getMessage()))));
        setup.routes.exception(EofException.class, HttpServer::answerBrokenOff);
        setup.routes.exception(HttpResponseException.class, HttpServer::answerFrameworkError);
        setup.routes.exception(Exception.class, HttpServer::answerBug);
        routes.forEach(group -> group.addTo(setup.routes));
    }

    private static void configure(Server server) {
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new ProblemErrorHandler());
    }

    /** Writes a problem as the answer. */
    public static void answer(Context ctx, Problem problem) {
        problem.retryAfterSeconds()
                .ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        ctx.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(Json.write(problem));
    }

    /** Writes JSON as the answer. */
    public static void json(Context ctx, int status, Object value) {
        jsonBytes(ctx, status, Json.write(value));
    }

    /** Writes what is JSON already as the answer. */
    public static void jsonBytes(Context ctx, int status, byte[] json) {
        ctx.status(status).contentType("application/json").result(json);
    }

    private static void answerFrameworkError(HttpResponseException e, Context ctx) {
        drain(ctx);
        answer(ctx, FrameworkErrors.problem(e, ctx));
    }

    /** A caller that is cut off while it still sends never gets to read why. */
    private static void drain(Context ctx) {
        try {
            ctx.bodyInputStream().skip(COURTESY_BYTES);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("a refused request broke off");
        }
    }

    /** A body that ends before its end, or whose chunks are none, is the caller's fault. */
    private static void answerBrokenOff(EofException e, Context ctx) {
        LOG.atDebug().setCause(e).log("a request broke off");
        answer(ctx, FrameworkErrors.badRequest());
    }

    private static void answerBug(Exception e, Context ctx) {
        LOG.atError()
                .addKeyValue("method", ctx.method())
                .addKeyValue("path", ctx.path())
                .setCause(e)
                .log("request failed");
        answer(ctx, BUG);
    }

    /** An error of the virtual machine gets no context, only the bare response. */
    private static void answerError(HttpServletResponse response, Error e) {
        LOG.atError().setCause(e).log("request failed");
        try {
            response.setStatus(BUG.status());
            response.setContentType(Problem.MEDIA_TYPE);
            response.getOutputStream().write(Json.write(BUG));
        } catch (IOException gone) {
            LOG.atDebug().setCause(gone).log("caller is gone");
        }
    }

    /** The port in use. */
    public int port() {
        return javalin.port();
    }

    /** Gives running requests a moment to end, then cuts them off. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // Connections that stayed open, such as event streams, are closed by now.
            LOG.atDebug().setCause(e).log("connections were cut off");
        }
    }
}
