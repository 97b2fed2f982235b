package io.kagu.dispatcher;

/** A replica cannot go on; the message says why and what to do before it is started again. */
public final class ReplicaFailedException extends RuntimeException {

    ReplicaFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    ReplicaFailedException(String message) {
        super(message);
    }
}
