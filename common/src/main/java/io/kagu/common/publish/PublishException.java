package io.kagu.common.publish;

import org.jspecify.annotations.Nullable;

/** A publisher cannot do its work; the message says why and what to do. */
public final class PublishException extends RuntimeException {

    PublishException(String message) {
        super(message);
    }

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
