package io.kagu.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client would, and judges what is answered. */
public final class RawCaller {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MOST = 1 << 20;

    private final int port;
    private final Contract contract;

    /** A caller of a service on this machine. */
    public RawCaller(int port) {
        this(port, Contract.SERVED);
    }

    RawCaller(int port, Contract contract) {
        this.port = port;
        this.contract = contract;
    }

    /**
     * Sends a request in UTF-8 and reads its answer to the end, but of a stream only its head.
     *
     * @return the answer; what was answered to HEAD has no body whatever its headers say
     * @throws BrokenContract if it is not as described
     */
    public RawAnswer call(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            RawAnswer answer = RawAnswer.of(read(socket.getInputStream()));
            contract.require(answer.to(request));
            return answer;
        }
    }

    private static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            int length = in.read(buffer);
            while (length >= 0 && all.size() < MOST) {
                all.write(buffer, 0, length);
                if (isStream(all)) {
                    break;
                }
                length = in.read(buffer);
            }
        } catch (SocketTimeoutException e) {
            // A connection that is kept alive: what came is the answer.
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static boolean isStream(ByteArrayOutputStream all) {
        String head = all.toString(StandardCharsets.ISO_8859_1);
        return head.contains("\r\n\r\n") && head.contains(MediaTypes.EVENTS);
    }
}
