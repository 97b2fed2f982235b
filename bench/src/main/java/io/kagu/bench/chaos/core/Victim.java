package io.kagu.bench.chaos.core;

/** What a fault hits. Only one of each kind is hit at a time, except for the input. */
public enum Victim {
    DISPATCHER(8),
    BROKER(8),
    GPU(2),
    STATUS_API(2),
    INGEST(2),
    /** What producers send; it needs no rest. */
    INPUT(0);

    private final int restSeconds;

    Victim(int restSeconds) {
        this.restSeconds = restSeconds;
    }

    /** Seconds after a fault in which no other of its kind begins. */
    int restSeconds() {
        return restSeconds;
    }
}
