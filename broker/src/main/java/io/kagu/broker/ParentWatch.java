package io.kagu.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Ends this process when its parent is gone.
 *
 * <p>The parent holds the other end of the standard input and never writes to it; the operating
 * system closes it with the parent, also on kill -9. The stop is orderly, so that the next start is
 * quick, but bounded: port and folder must come free even if the broker hangs.
 */
final class ParentWatch {

    private static final int STOPPED_BY_PARENT = 0;
    private static final int STOP_TOOK_TOO_LONG = 4;

    private ParentWatch() {}

    static void start(InputStream parent, Duration stopLimit) {
        daemon("parent-watch", () -> watch(parent, stopLimit));
    }

    private static void watch(InputStream parent, Duration stopLimit) {
        awaitEnd(parent);
        daemon("stop-limit", () -> haltAfter(stopLimit));
        System.exit(STOPPED_BY_PARENT);
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe is an end as well.
        }
    }

    private static void haltAfter(Duration limit) {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STOP_TOOK_TOO_LONG);
    }

    private static void daemon(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
