package io.kagu.common.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses a port for a server that starts a little later. */
final class FreePort {

    // Below the range from which systems give outgoing connections their port: one of those, such
    // as our own to the brokers, would take it between the choice and the server's bind. The
    // embedded brokers choose from 20,000 on.
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 19_999;
    private static final int TRIES = 200;

    private FreePort() {}

    /**
     * A port of the host that is free now.
     *
     * @throws HttpStartException if none is found
     */
    static int of(String host) {
        IOException refused = new IOException("none tried");
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            try (ServerSocket socket = new ServerSocket()) {
                // As the server does: what is left of closed connections is no obstacle.
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(host, port));
                return port;
            } catch (IOException e) {
                refused = e;
            }
        }
        throw new HttpStartException(
                "no port is free on %s between %d and %d".formatted(host, LOWEST, HIGHEST),
                refused);
    }
}
