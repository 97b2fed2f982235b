package io.kagu.common.topic;

import org.jspecify.annotations.Nullable;

/** The topics could not be brought in line with the table; the message says which and how. */
public final class TopicException extends RuntimeException {

    public TopicException(String message) {
        super(message);
    }

    public TopicException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
