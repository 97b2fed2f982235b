package io.kagu.common.codec;

/** A record that is not what its topic promises; the message says which part of it. */
public final class BadRecordException extends RuntimeException {

    public BadRecordException(String message) {
        super(message);
    }
}
