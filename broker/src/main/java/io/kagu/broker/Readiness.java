package io.kagu.broker;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a broker serves: its port answers, and it knows itself as the cluster's node. */
final class Readiness {

    private static final long POLL_MS = 20;
    private static final int REQUEST_MS = 2_000;

    private final Process child;
    private final int port;

    Readiness(Process child, int port) {
        this.child = child;
        this.port = port;
    }

    /** True once the broker serves; false if the child ended or the limit has passed. */
    boolean await(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!answers()) {
            if (isOver(end)) {
                return false;
            }
        }
        try (Admin admin = Admin.create(settings())) {
            while (!serves(admin)) {
                if (isOver(end)) {
                    return false;
                }
            }
            return true;
        }
    }

    // Asking the port first spares the log of a client that meets nobody.
    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean serves(Admin admin) throws InterruptedException {
        try {
            var nodes = admin.describeCluster().nodes().get(REQUEST_MS, TimeUnit.MILLISECONDS);
            return !nodes.isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private boolean isOver(long end) throws InterruptedException {
        return child.waitFor(POLL_MS, TimeUnit.MILLISECONDS) || System.nanoTime() > end;
    }

    private Map<String, Object> settings() {
        return Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MS,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, POLL_MS,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, POLL_MS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    }
}
