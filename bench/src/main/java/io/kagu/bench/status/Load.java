package io.kagu.bench.status;

import java.net.URI;
import java.util.List;

/**
 * Many connections that ask as fast as they are answered.
 *
 * @param server who is asked
 * @param targets paths with queries, asked in turn
 * @param status that every answer must have
 * @param connections each with one request under way
 */
record Load(URI server, List<String> targets, int status, int connections, int seconds) {

    Load {
        targets = List.copyOf(targets);
    }

    /** The same for another time. */
    Load of(int otherSeconds) {
        return new Load(server, targets, status, connections, otherSeconds);
    }
}
