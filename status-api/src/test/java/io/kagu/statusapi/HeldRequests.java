package io.kagu.statusapi;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many requests to one path, held open by a process of its own: each takes a file descriptor at
 * either end. The connections have answered before, as those that clients keep.
 */
final class HeldRequests implements AutoCloseable {

    private static final String SENT = "sent";
    private static final int STATUS_LINE = "HTTP/1.1 200".length();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
    private static final int PATIENCE_MILLIS = 120_000;
    private static final int SENDERS = 64;

    private final Process process;
    private final BufferedReader said;

    private HeldRequests(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Sends so many requests, each on a connection of its own. */
    static HeldRequests send(int port, String path, int count) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HeldRequests.class.getName(),
                                Integer.toString(port),
                                path,
                                Integer.toString(count))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        HeldRequests held = new HeldRequests(process);
        String first = held.said.readLine();
        if (!SENT.equals(first)) {
            held.close();
            throw new IOException("requests could not be sent: " + first);
        }
        return held;
    }

    /** Waits for all answers, and says how many there are of each status line. */
    String answers() throws IOException {
        return said.readLine();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process that holds them. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        byte[] request = request(args[1]);
        List<Callable<Socket>> calls =
                Collections.nCopies(Integer.parseInt(args[2]), () -> send(port, request));
        List<Socket> held = new ArrayList<>();
        // Where the listener's queue is full, the system lets a connection wait for a second.
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (Future<Socket> sent : senders.invokeAll(calls)) {
                held.add(sent.get());
            }
        }
        System.out.println(SENT);
        Map<String, Integer> answers = new TreeMap<>();
        for (Socket socket : held) {
            answers.merge(statusLine(socket.getInputStream()), 1, Integer::sum);
        }
        System.out.println(answers);
    }

    private static Socket send(int port, byte[] request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request("/health/live"));
        readWhole(socket.getInputStream());
        socket.getOutputStream().write(request);
        return socket;
    }

    private static byte[] request(String path) {
        return ("GET %s HTTP/1.1\r\nHost: localhost\r\nUser-Agent: many-waiters/1.0\r\n"
                        + "Accept: application/json\r\n\r\n")
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void readWhole(InputStream answer) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answer.read();
            if (next < 0) {
                throw new EOFException("an answer that ends in its head: " + head);
            }
            head.append((char) next);
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("an answer of unknown length: " + head);
        }
        answer.readNBytes(Integer.parseInt(length.group(1)));
    }

    private static String statusLine(InputStream answer) {
        try {
            return new String(answer.readNBytes(STATUS_LINE), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
