package io.kagu.dispatcher.executor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A GPU server that answers byte for byte as a test says; on raw sockets, so that it can also break
 * off anywhere and see its client hang up.
 */
final class ScriptedGpu implements AutoCloseable {

    private final ServerSocket server;
    private final Script script;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger hangUps = new AtomicInteger();

    /** What the server does with each request. */
    @FunctionalInterface
    interface Script {
        void play(Exchange exchange) throws IOException;
    }

    /** A request as it came. */
    record Request(String line, Map<String, String> headers, String body) {}

    private ScriptedGpu(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    static ScriptedGpu playing(Script script) {
        try {
            ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
            ScriptedGpu gpu = new ScriptedGpu(server, script);
            Thread.ofVirtual().start(gpu::accept);
            return gpu;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ScriptedGpu answering(int status, String headers, String body) {
        return playing(exchange -> exchange.respond(status, headers, body));
    }

    static ScriptedGpu json(int status, String body) {
        return answering(status, "Content-Type: application/json\r\n", body);
    }

    static ScriptedGpu silent() {
        return playing(Exchange::awaitHangUp);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    /** How often a client closed its connection while it was owed a response. */
    int hangUps() {
        return hangUps.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                Request request = read(input);
                requests.add(request);
                script.play(new Exchange(socket, request));
            }
        } catch (IOException e) {
            // The connection is over, by the script or by the client.
        }
    }

    private static Request read(InputStream input) throws IOException {
        String line = line(input);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(input); !header.isEmpty(); header = line(input)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(input.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(line, headers, body);
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("end of connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request that wants an answer. */
    final class Exchange {
        private final Socket socket;
        private final Request request;

        private Exchange(Socket socket, Request request) {
            this.socket = socket;
            this.request = request;
        }

        Request request() {
            return request;
        }

        void respond(int status, String headers, String body) throws IOException {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            send(head(status, headers + "Content-Length: " + length + "\r\n") + body);
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        void drop() throws IOException {
            socket.close();
        }

        void awaitHangUp() throws IOException {
            try {
                if (socket.getInputStream().read() >= 0) {
                    throw new IOException("more bytes while a response is owed");
                }
            } finally {
                hangUps.incrementAndGet();
                socket.close();
            }
        }

        static String head(int status, String headers) {
            return "HTTP/1.1 " + status + " Scripted\r\n" + headers + "\r\n";
        }
    }
}
