package io.kagu.common.job;

import java.time.Instant;
import java.util.Optional;

/**
 * Jobs that wait whatever GPUs are free; those that run go on.
 *
 * @param until when it ends by itself; empty if it lasts until it is resumed
 * @param reason for people; empty if none was given
 */
public record Pause(PauseScope scope, Optional<Instant> until, Optional<String> reason) {

    /** Whether it still holds. */
    public boolean holds(Instant now) {
        return until.map(now::isBefore).orElse(true);
    }
}
