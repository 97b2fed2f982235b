package io.kagu.statusapi.fold;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What happens when a thread of the fold dies. Of a bug or of trouble with the brokers: a new one
 * goes on from the last commit, after a pause, so that a failure that lasts is no busy loop. Of its
 * state folder: nothing helps here, other replicas are to take over, and this one ends.
 */
final class FoldThreadDeaths implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FoldThreadDeaths.class);

    /** Short, because the thread keeps its partitions meanwhile. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path stateDir;
    private final Duration pause;
    private final CompletableFuture<FoldFailedException> fatal = new CompletableFuture<>();

    FoldThreadDeaths(Path stateDir, Duration pause) {
        this.stateDir = stateDir;
        this.pause = pause;
    }

    /** Completes with what ends this replica. */
    CompletableFuture<FoldFailedException> fatal() {
        return fatal.copy();
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (ofState(failure)) {
            LOG.atError().addKeyValue("folder", stateDir).setCause(failure).log("stores failed");
            fatal.complete(new FoldFailedException(message(failure), failure));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.atError().setCause(failure).log("fold thread died and is replaced");
        rest();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** All threads have ended for good. */
    void entered(KafkaStreams.State state) {
        if (state == KafkaStreams.State.ERROR) {
            fatal.complete(
                    new FoldFailedException(
                            "Kafka Streams has ended, the log says of what; start status-api again,"
                                    + " nothing is lost"));
        }
    }

    private static boolean ofState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProcessorStateException) {
                return true;
            }
        }
        return false;
    }

    private String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return ("the state folder %s cannot be used: %s. See that its disk has room and can be"
                        + " written, then start again. Nothing is lost: the folder may also be"
                        + " deleted, it is rebuilt from Kafka")
                .formatted(stateDir, root.getMessage());
    }

    private void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
