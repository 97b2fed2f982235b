package io.kagu.local.gpu;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;

import java.util.function.Consumer;

/** A running HTTP server on virtual threads behind a {@link FrontDoor}. */
final class HttpFace implements AutoCloseable {

    private static final long LARGEST_BODY = 64L * 1024 * 1024;

    private final FrontDoor door;
    private final Javalin javalin;
    private final String url;

    private HttpFace(String host, FrontDoor door, Javalin javalin) {
        this.door = door;
        this.javalin = javalin;
        this.url = "http://" + host + ":" + door.port();
    }

    /**
     * @throws IllegalStateException if the port cannot be had; the message names it
     */
    static HttpFace start(String host, FrontDoor door, Consumer<RoutesConfig> routes) {
        if (!door.isPortFree()) {
            // Asked beforehand: Javalin would log its failure with a stack trace.
            throw new IllegalStateException(busy(host, door));
        }
        var javalin = Javalin.create(config -> configure(config, door, routes));
        try {
            javalin.start();
        } catch (RuntimeException e) {
            javalin.stop();
            throw new IllegalStateException(busy(host, door), e);
        }
        return new HttpFace(host, door, javalin);
    }

    private static String busy(String host, FrontDoor door) {
        return "simulated GPU: cannot listen on " + host + ":" + door.port();
    }

    private static void configure(
            JavalinConfig config, FrontDoor door, Consumer<RoutesConfig> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.addConnector(door::install);
        routes.accept(config.routes);
    }

    /** For example {@code http://127.0.0.1:8000}. */
    String url() {
        return url;
    }

    @Override
    public void close() {
        door.close();
        javalin.stop();
    }
}
