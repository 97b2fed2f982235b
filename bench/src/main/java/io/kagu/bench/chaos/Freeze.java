package io.kagu.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Lets a process stand still for a while; it goes on again also if this one dies meanwhile. */
final class Freeze {

    private Freeze() {}

    /** Returns when the process runs again. */
    static void of(long pid, Duration time) throws InterruptedException {
        try {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "kill -STOP \"$0\"; sleep \"$1\"; kill -CONT \"$0\"",
                            Long.toString(pid),
                            Long.toString(time.toSeconds()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot freeze process " + pid, e);
        }
    }
}
