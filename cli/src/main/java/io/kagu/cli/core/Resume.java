package io.kagu.cli.core;

import java.util.Optional;

/** What a run does with a line, given how the line ended in an earlier run. */
public sealed interface Resume {

    /** The line is done: its result stays as it is. */
    record Keep() implements Resume {}

    /** The line's job is submitted; the queue drops it if it knows the same generation already. */
    record Submit(int generation) implements Resume {}

    /**
     * Decides for one line.
     *
     * @param prior how the line's custom id ended last, if it ever did
     * @param retryDead whether dead jobs are tried anew
     */
    static Resume decide(IndexedLine.Job line, Optional<LineEnd> prior, boolean retryDead) {
        if (prior.isEmpty() || !prior.get().content().equals(line.content())) {
            return new Submit(0);
        }
        int generation = prior.get().generation();
        return switch (prior.get().state()) {
            case COMPLETED -> new Keep();
            case DEAD -> retryDead ? new Submit(generation + 1) : new Keep();
            case CANCELLED, EXPIRED -> new Submit(generation + 1);
            case INVALID, UNFINISHED -> new Submit(generation);
        };
    }
}
