package io.kagu.dispatcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A GPU server that holds every call until it is let go, and counts what it holds. */
final class CountingGpu implements AutoCloseable {

    private final HttpServer server;
    private final Semaphore permits;
    private final List<String> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();

    private volatile int status = 200;

    CountingGpu(int permitted) {
        this.permits = new Semaphore(permitted);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String job = exchange.getRequestHeaders().getFirst("X-Kagu-Job");
        started.add(job);
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        permits.acquireUninterruptibly();
        running.decrementAndGet();
        byte[] body = ("{\"job\":\"" + job + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Calls are answered with this status from now on. */
    void answers(int newStatus) {
        status = newStatus;
    }

    /** Lets this many calls end. */
    void letGo(int calls) {
        permits.release(calls);
    }

    /** Jobs in the order their calls came. */
    List<String> started() {
        return started;
    }

    int mostRunning() {
        return mostRunning.get();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        letGo(1_000_000);
        server.stop(0);
    }
}
