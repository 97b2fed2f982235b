package io.kagu.common.http;

/** A server could not be started; the message says what to do. */
public final class HttpStartException extends RuntimeException {

    public HttpStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
