package io.kagu.statusapi.core.tinker;

import java.io.IOException;

/** A response that is no completion of a sample; its message never quotes it. */
final class BrokenCompletionException extends IOException {

    BrokenCompletionException(String why) {
        super(why);
    }
}
