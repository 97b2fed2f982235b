package io.kagu.bench.status;

import io.kagu.bench.status.core.LoadResult;

import java.nio.file.Path;

/** Puts a server under load and measures its answers. */
interface LoadGenerator {

    /**
     * Asks until the time is over.
     *
     * @throws IllegalStateException if an answer has another status, or none comes
     */
    LoadResult run(Load load) throws InterruptedException;

    /** What a report calls it. */
    String name();

    /**
     * wrk where it is installed, else {@link SocketLoad}.
     *
     * @param folder for what it needs on disk
     */
    static LoadGenerator best(Path folder) {
        return Wrk.installed()
                .<LoadGenerator>map(wrk -> new Wrk(wrk, folder))
                .orElseGet(SocketLoad::new);
    }
}
