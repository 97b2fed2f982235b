package io.kagu.statusapi.fold;

/** The fold cannot go on here; the message says why and what to do before the next start. */
public final class FoldFailedException extends RuntimeException {

    FoldFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    FoldFailedException(String message) {
        super(message);
    }
}
