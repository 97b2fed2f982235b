package io.kagu.statusapi.fold;

/** The folder for the stores cannot be used; the message says which and why. */
public final class StateDirException extends RuntimeException {

    public StateDirException(String message, Throwable cause) {
        super(message, cause);
    }
}
