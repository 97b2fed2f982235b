package io.kagu.common.codec;

/** Bytes that are not the JSON they should be; the message says where, never quotes the content. */
public final class BadJsonException extends RuntimeException {

    public BadJsonException(String message) {
        super(message);
    }
}
