package io.kagu.local.gpu;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The listening port of a server, that can be shut and opened again while the server runs.
 *
 * <p>Jetty cannot reopen a connector it has closed without dropping what goes through it, so each
 * opening is a new connector on the port of the first.
 */
final class FrontDoor {

    /** What somebody who knocks finds. */
    enum State {
        OPEN,
        /** Nobody new gets in; who is inside is still served. */
        REFUSING,
        /** As if the process had been killed. */
        DEAD
    }

    // A call may compute for minutes without a byte in either direction.
    private static final Duration IDLE_TIMEOUT = Duration.ofHours(1);

    private static final Duration SHUT_TIMEOUT = Duration.ofSeconds(10);

    private final String host;
    private final List<ServerConnector> connectors = new ArrayList<>();
    private final Set<EndPoint> inCall = ConcurrentHashMap.newKeySet();
    private int port;
    private boolean closed;
    private volatile State state = State.OPEN;

    FrontDoor(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Makes the first connector, for a server about to start. */
    synchronized Connector install(Server server, HttpConfiguration http) {
        var connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(IDLE_TIMEOUT.toMillis());
        connectors.add(connector);
        return connector;
    }

    synchronized int port() {
        if (port == 0 && !connectors.isEmpty()) {
            port = connectors.getLast().getLocalPort();
        }
        return port;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** A call begins on this connection: refusing others does not close it. */
    void enter(EndPoint endPoint) {
        inCall.add(endPoint);
    }

    /** The call is answered to its last byte. */
    void leave(EndPoint endPoint) {
        // In this order: whoever shuts the door now either sees the connection leave, or is seen.
        inCall.remove(endPoint);
        if (!isOpen()) {
            endPoint.close();
        }
    }

    synchronized void become(State wanted) {
        if (state == wanted || closed) {
            return;
        }
        port();
        switch (wanted) {
            case OPEN -> reopen();
            case REFUSING -> refuse();
            case DEAD -> die();
        }
    }

    /** Dies for good. */
    synchronized void close() {
        become(State.DEAD);
        closed = true;
    }

    private void reopen() {
        var former = connectors.getLast();
        var server = former.getServer();
        var http = former.getConnectionFactory(HttpConnectionFactory.class);
        var connector = install(server, http.getHttpConfiguration());
        server.addConnector(connector);
        start(connector);
        state = State.OPEN;
        retireEmptyConnectors();
    }

    private void refuse() {
        if (state == State.DEAD) {
            // The dead process is back, but its port stays shut: nothing is left to close.
            state = State.REFUSING;
            return;
        }
        state = State.REFUSING;
        stopAccepting();
        connectors.getLast().getConnectedEndPoints().stream()
                .filter(endPoint -> !inCall.contains(endPoint))
                .forEach(EndPoint::close);
    }

    private void die() {
        state = State.DEAD;
        stopAccepting();
        for (var connector : connectors) {
            connector.getConnectedEndPoints().forEach(FrontDoor::reset);
            // Also closes what was accepted in this moment and is no end point yet.
            stop(connector);
        }
    }

    private void stopAccepting() {
        var connector = connectors.getLast();
        // Interrupts the acceptor; connections stay, their idle timeout is the one set above.
        var _ = connector.shutdown();
        connector.close();
        awaitPortFree();
    }

    /** The acceptor thread closes the port when it notices; until then it may let somebody in. */
    private void awaitPortFree() {
        long start = System.nanoTime();
        while (!isPortFree()) {
            if (System.nanoTime() - start > SHUT_TIMEOUT.toNanos()) {
                throw new IllegalStateException("port " + port + " does not close");
            }
            LockSupport.parkNanos(200_000);
        }
    }

    boolean isPortFree() {
        try (var probe = ServerSocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void retireEmptyConnectors() {
        var former = connectors.subList(0, connectors.size() - 1);
        var empty = former.stream().filter(each -> each.getConnectedEndPoints().isEmpty()).toList();
        for (var connector : empty) {
            connectors.remove(connector);
            connector.getServer().removeConnector(connector);
            stop(connector);
        }
    }

    /** Without lingering a close sends RST, as the kernel does for a killed process. */
    private static void reset(EndPoint endPoint) {
        try {
            if (endPoint.getTransport() instanceof SocketChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // It is closed already: that is what was wanted.
        }
        endPoint.close();
    }

    private static void start(Connector connector) {
        try {
            connector.start();
        } catch (Exception e) {
            throw new IllegalStateException("cannot listen again: " + e.getMessage(), e);
        }
    }

    private static void stop(Connector connector) {
        try {
            connector.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop " + connector, e);
        }
    }
}
