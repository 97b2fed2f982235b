package io.kagu.bench.status;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One kept-alive HTTP connection with one request at a time, over a socket that never blocks. */
final class SocketCaller implements AutoCloseable {

    private final SocketChannel channel;
    private final String rest;
    private final AnswerBuffer answer = new AnswerBuffer();
    private long askedAt;

    private SocketCaller(SocketChannel channel, URI server) {
        this.channel = channel;
        this.rest = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n";
    }

    static SocketCaller open(URI server, Selector selector) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        SocketCaller caller = new SocketCaller(channel, server);
        channel.register(selector, SelectionKey.OP_READ, caller);
        return caller;
    }

    /** Sends a request; small ones always fit into the socket's buffer. */
    void ask(String target) throws IOException {
        byte[] request = ("GET " + target + rest).getBytes(StandardCharsets.US_ASCII);
        answer.clear();
        askedAt = System.nanoTime();
        if (channel.write(ByteBuffer.wrap(request)) != request.length) {
            throw new IOException("a request did not fit");
        }
    }

    /** Reads what is there; whether the answer is whole. */
    boolean read() throws IOException {
        if (channel.read(answer.room()) < 0) {
            throw new EOFException("the server hung up");
        }
        return answer.whole();
    }

    /** The HTTP status of an answer that is whole. */
    int status() {
        return answer.status();
    }

    /** When the last request was sent. */
    long askedAt() {
        return askedAt;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
