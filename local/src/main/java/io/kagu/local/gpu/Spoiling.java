package io.kagu.local.gpu;

/** What a fault does to an answer that was computed. */
enum Spoiling {
    NONE,
    BREAK_OFF,
    DROP_CONNECTION;

    static Spoiling by(Fault.OfCall fault) {
        return switch (fault) {
            case Fault.BrokenBody() -> BREAK_OFF;
            case Fault.DropConnection() -> DROP_CONNECTION;
            case Fault.FailWith _, Fault.TooManyRequests _, Fault.Hang _, Fault.Slow _ -> NONE;
        };
    }
}
