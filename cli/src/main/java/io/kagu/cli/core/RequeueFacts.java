package io.kagu.cli.core;

import java.util.Optional;

/** How far a server is with requeueing dead letters. */
public record RequeueFacts(
        String state,
        Optional<String> detail,
        long selected,
        boolean more,
        long requeued,
        long skipped,
        long canaries,
        long canariesCompleted) {

    /** Whether it is over. */
    public boolean ended() {
        return switch (state) {
            case "done", "stopped", "failed" -> true;
            default -> false;
        };
    }

    /** Whether all were requeued. */
    public boolean done() {
        return state.equals("done");
    }

    /** For people, on one line. */
    public String line() {
        String counts = "%d of %d requeued".formatted(requeued, selected);
        String gone = skipped == 0 ? "" : ", %d gone before".formatted(skipped);
        String first =
                canaries == 0
                        ? ""
                        : ", %d of %d canaries completed".formatted(canariesCompleted, canaries);
        String rest = ended() && more ? "; there are more beyond the limit" : "";
        return state
                + ": "
                + counts
                + gone
                + first
                + detail.map(why -> ": " + why).orElse("")
                + rest;
    }
}
