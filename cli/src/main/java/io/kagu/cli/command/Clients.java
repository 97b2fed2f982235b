package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;

import java.util.Optional;

/** Connects to servers. */
final class Clients {

    private static final int TRIES = 20;
    private static final long PAUSE_MILLIS = 250;

    private Clients() {}

    /**
     * A client of a server that answers and is ready, or will be soon.
     *
     * @throws CliException if it is not
     */
    static KaguClient connected(String url) throws InterruptedException {
        KaguClient client = client(url);
        Optional<String> obstacle = client.whyNotReady();
        for (int i = 1; i < TRIES && obstacle.isPresent(); i++) {
            Thread.sleep(PAUSE_MILLIS);
            obstacle = client.whyNotReady();
        }
        if (obstacle.isPresent()) {
            client.close();
            throw new CliException(
                    ExitCodes.FAILED,
                    "no Kagu server is ready at %s (%s)".formatted(url, obstacle.get()));
        }
        return client;
    }

    private static KaguClient client(String url) {
        try {
            return KaguClient.of(url);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, "--server: " + e.getMessage(), e);
        }
    }
}
