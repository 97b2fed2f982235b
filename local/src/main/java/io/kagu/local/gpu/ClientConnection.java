package io.kagu.local.gpu;

import io.javalin.http.Context;

import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The connection a call came in by, watched while the call is computed.
 *
 * <p>Jetty reads nothing from an HTTP/1.1 connection between the end of a request and its response,
 * so it learns of a client that left only by writing to it. This class reads in its place: after
 * the whole body has arrived the client has nothing more to send, and a read that does not block
 * tells "still there" from "closed". It stops before the response is complete, since what arrives
 * after that is the next request and Jetty's to read.
 */
final class ClientConnection {

    private final EndPoint endPoint;
    private final SocketChannel channel;
    private final ClientWatch watch;
    private final ByteBuffer probe = ByteBuffer.allocate(1);
    private boolean bodyRead;
    private boolean closed;
    private boolean spoilt;

    private ClientConnection(EndPoint endPoint, SocketChannel channel, ClientWatch watch) {
        this.endPoint = endPoint;
        this.channel = channel;
        this.watch = watch;
    }

    static ClientConnection of(Context ctx, ClientWatch watch) {
        var request = ServletContextRequest.getServletContextRequest(ctx.req());
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (!(endPoint.getTransport() instanceof SocketChannel channel)) {
            throw new IllegalStateException("not a plain TCP connection: " + endPoint);
        }
        return new ClientConnection(endPoint, channel, watch);
    }

    EndPoint endPoint() {
        return endPoint;
    }

    /** From here on this object may read from the connection. */
    synchronized void startWatching() {
        bodyRead = true;
    }

    /** From here on only Jetty may; returns whether the connection can carry another request. */
    synchronized boolean stopWatching() {
        bodyRead = false;
        return !spoilt;
    }

    /** Whether the client is known to have left; true once is true for ever. */
    synchronized boolean isClosed() {
        if (closed || !bodyRead || spoilt) {
            return closed;
        }
        try {
            int read = channel.read(probe.clear());
            closed = read < 0;
            // A client that pipelines: its next request has lost a byte to us, so the connection
            // has to end with this response and the client to send it again.
            spoilt = read > 0;
        } catch (IOException e) {
            closed = true;
        }
        return closed;
    }

    /** Computes for this long. */
    void pause(Duration time) {
        if (time.isPositive()) {
            var gone = new CountDownLatch(1);
            watched(
                    gone::countDown,
                    () -> {
                        var _ = gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
                    });
        }
    }

    /** Waits as long as it takes. */
    void await(CompletableFuture<Void> event) {
        if (!event.isDone()) {
            var gone = new CompletableFuture<Void>();
            watched(() -> gone.complete(null), CompletableFuture.anyOf(event, gone)::get);
        }
    }

    private void watched(Runnable gone, Waiting waiting) {
        try {
            watch.begin(this, gone);
            waiting.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no event fails", e);
        } finally {
            watch.end(this);
        }
        requireOpen();
    }

    @FunctionalInterface
    private interface Waiting {
        void end() throws InterruptedException, ExecutionException;
    }

    void requireOpen() {
        if (isClosed()) {
            throw new ClientGoneException();
        }
    }

    /** Closes it under the client's feet. */
    void close() {
        endPoint.close();
    }
}
