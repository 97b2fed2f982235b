package io.kagu.dispatcher;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * What happens when a stream thread dies. Of a bug or of trouble with the brokers: a new thread
 * goes on from the last commit, after a pause, so that a failure that lasts is no busy loop. Of its
 * state folder: nothing helps here, another replica is to take over, and this one ends.
 */
final class ThreadDeaths implements StreamsUncaughtExceptionHandler, KafkaStreams.StateListener {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);

    /** Short, because the thread keeps its pools meanwhile. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Path stateDir;
    private final CompletableFuture<ReplicaFailedException> fatal = new CompletableFuture<>();

    ThreadDeaths(Path stateDir) {
        this.stateDir = stateDir;
    }

    /** Completes with what ends this replica. */
    CompletableFuture<ReplicaFailedException> fatal() {
        return fatal.copy();
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (ofState(failure)) {
            LOG.atError().addKeyValue("folder", stateDir).setCause(failure).log("stores failed");
            fatal.complete(new ReplicaFailedException(message(failure), failure));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.atError().setCause(failure).log("stream thread died and is replaced");
        pause();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Some threads cannot be replaced, such as the one that reads the GPU registry. */
    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.ERROR) {
            fatal.complete(
                    new ReplicaFailedException(
                            "Kafka Streams has ended, the log says of what; start the dispatcher"
                                    + " again, nothing is lost"));
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
                    + " written, then start again. Nothing is lost: the folder may also be deleted,"
                    + " it is rebuilt from Kafka")
                .formatted(stateDir, root.getMessage());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
