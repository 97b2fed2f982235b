package io.kagu.ingest.scrape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.kagu.common.gpu.GpuLimits;
import io.kagu.common.gpu.GpuSpec;
import io.kagu.common.gpu.ServedModel;
import io.kagu.common.gpu.Sidecar;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A sidecar behind a real HTTP server that does as it is told. */
public final class SwitchableSidecar implements AutoCloseable {

    private static final int PIECES = 100_000;
    private static final long PIECE_MILLIS = 20;

    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private volatile Behaviour behaviour;

    private SwitchableSidecar(Behaviour first) throws IOException {
        behaviour = first;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** How it answers. */
    sealed interface Behaviour {

        /** After a while. */
        record Answer(int status, String body, long afterMillis) implements Behaviour {}

        /** Never. */
        record Hang() implements Behaviour {}

        /** A byte now and then, without an end. */
        record Drip() implements Behaviour {}
    }

    public static SwitchableSidecar saying(String body) throws IOException {
        return behaving(new Behaviour.Answer(200, body, 0));
    }

    static SwitchableSidecar behaving(Behaviour behaviour) throws IOException {
        return new SwitchableSidecar(behaviour);
    }

    void behave(Behaviour next) {
        behaviour = next;
    }

    /** The most requests that waited for an answer at the same time. */
    int mostAtATime() {
        return mostOpen.get();
    }

    /** Counts the most at a time anew. */
    void countAnew() {
        mostOpen.set(0);
    }

    /** Where its metrics are. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    /** How a GPU with this sidecar is registered. */
    GpuSpec gpu(String name, Sidecar.Kind kind) {
        return gpu(name, new Sidecar(kind, Optional.of(url())));
    }

    static GpuSpec gpu(String name, Sidecar sidecar) {
        return new GpuSpec(
                name,
                URI.create("http://127.0.0.1:9/"),
                sidecar,
                "default",
                "gpu",
                List.of(ServedModel.of("m")),
                1,
                0,
                0,
                300,
                GpuLimits.NONE,
                Optional.empty());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (behaviour) {
                case Behaviour.Answer answer -> answer(exchange, answer);
                case Behaviour.Hang() -> waits(Long.MAX_VALUE);
                case Behaviour.Drip() -> drip(exchange);
            }
        }
    }

    private void answer(HttpExchange exchange, Behaviour.Answer answer) throws IOException {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        waits(answer.afterMillis());
        open.decrementAndGet();
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < PIECES && !waits(PIECE_MILLIS); i++) {
            body.write(' ');
            body.flush();
        }
    }

    private boolean waits(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
