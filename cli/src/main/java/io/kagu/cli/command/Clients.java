package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.client.ServerAnswer;
import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;

import java.nio.charset.StandardCharsets;
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

    /**
     * The body of an answer.
     *
     * @throws CliException if the server refused, or did not answer
     */
    static String done(ServerAnswer answer) {
        return switch (answer) {
            case ServerAnswer.Done(String body) -> body;
            case ServerAnswer.Refused(_, String detail) ->
                    throw new CliException(ExitCodes.FAILED, "refused: " + detail);
            case ServerAnswer.Unreachable(String reason) ->
                    throw new CliException(
                            ExitCodes.FAILED, "the server does not answer: " + reason);
        };
    }

    /**
     * What an answer says.
     *
     * @throws CliException if it says something else
     */
    static <T> T read(String body, Class<T> type) {
        try {
            return Json.read(body.getBytes(StandardCharsets.UTF_8), type);
        } catch (BadJsonException e) {
            throw new CliException(
                    ExitCodes.FAILED,
                    "the server's answer is not understood: " + e.getMessage(),
                    e);
        }
    }

    private static KaguClient client(String url) {
        try {
            return KaguClient.of(url);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, "--server: " + e.getMessage(), e);
        }
    }
}
