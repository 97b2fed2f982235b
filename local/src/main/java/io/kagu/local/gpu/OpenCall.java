package io.kagu.local.gpu;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call that has arrived and not ended; its first ending counts. */
final class OpenCall {

    private final CallLog log;
    private final long number;
    private final CallHeaders headers;
    private final ClientConnection connection;
    private final Instant startedAt;
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile String model = "";

    OpenCall(CallLog log, long number, CallHeaders headers, ClientConnection connection) {
        this.log = log;
        this.number = number;
        this.headers = headers;
        this.connection = connection;
        this.startedAt = log.remembers() ? Instant.now() : Instant.EPOCH;
    }

    long number() {
        return number;
    }

    CallHeaders headers() {
        return headers;
    }

    void asksFor(String wantedModel) {
        this.model = wantedModel;
    }

    /** To be called before the client can know of the end, or the log would count one too many. */
    void end(CallEnding ending, int status) {
        if (ended.compareAndSet(false, true)) {
            log.ended(this, ending, status);
        }
    }

    void endIfClientLeft() {
        if (connection.isClosed()) {
            end(CallEnding.ABORTED, 0);
        }
    }

    CallRecord toRecord(CallEnding ending, int status) {
        return new CallRecord(
                number,
                headers.jobId(),
                headers.attempt(),
                model,
                startNanos,
                System.nanoTime(),
                startedAt,
                Instant.now(),
                ending,
                status);
    }
}
