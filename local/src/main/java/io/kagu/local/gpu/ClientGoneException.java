package io.kagu.local.gpu;

/** The connection of a call was closed, by the client or by a fault, while it was computed. */
final class ClientGoneException extends RuntimeException {

    ClientGoneException() {
        super("connection closed before the answer", null, false, false);
    }
}
