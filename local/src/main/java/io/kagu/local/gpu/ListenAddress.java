package io.kagu.local.gpu;

/**
 * Where a simulated GPU listens.
 *
 * @param port of the inference server; 0 takes a free one
 * @param sidecarPort of the sidecar; 0 takes a free one
 */
public record ListenAddress(String host, int port, int sidecarPort) {

    public static final ListenAddress FREE_PORTS = new ListenAddress("127.0.0.1", 0, 0);

    public ListenAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        requirePort("port", port);
        requirePort("sidecarPort", sidecarPort);
        if (port != 0 && port == sidecarPort) {
            throw new IllegalArgumentException(
                    "port and sidecarPort must differ, both are " + port);
        }
    }

    private static void requirePort(String what, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(what + " must be 0 to 65535, not " + port);
        }
    }
}
