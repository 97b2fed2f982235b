package io.kagu.broker;

import io.kagu.broker.BrokerStartException.Reason;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Chooses the ports a broker listens on. */
public final class Ports {

    // Below the range from which systems give outgoing connections their port, so that none of
    // them takes a port between our choice and the broker's bind.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 29_999;
    private static final int TRIES = 200;

    private final RandomGenerator random;

    public Ports(RandomGenerator random) {
        this.random = random;
    }

    /** The wanted port, or for 0 the remembered one if free, or any free one. */
    int forClients(int wanted, OptionalInt remembered) {
        if (wanted == 0) {
            return remembered.stream().filter(Ports::isFree).findFirst().orElseGet(this::free);
        }
        if (!isFree(wanted)) {
            throw busy(wanted);
        }
        return wanted;
    }

    /** A free port other than the given one. */
    int forController(int taken) {
        int port = free();
        while (port == taken) {
            port = free();
        }
        return port;
    }

    static BrokerStartException busy(int port) {
        return new BrokerStartException(
                Reason.PORT_BUSY,
                ("port %d for Kafka is taken by another process: choose another port, or 0 to get"
                                + " any free one")
                        .formatted(port));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the broker does: connections of a broker killed a moment ago are no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Any free port. */
    public int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(LOWEST, HIGHEST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BrokerStartException(
                Reason.PORT_BUSY,
                "no free port found between %d and %d: name a port".formatted(LOWEST, HIGHEST));
    }
}
