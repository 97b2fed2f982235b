package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobIds;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What of a pool is paused or resumed, and at which server. */
final class PoolPart {

    @Parameters(paramLabel = "POOL", description = "the pool")
    private String pool = "";

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "only its high, normal or low jobs")
    private Optional<String> priority = Optional.empty();

    @Option(names = "--model", paramLabel = "M", description = "only its jobs of this model")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the Kagu server (${DEFAULT-VALUE})")
    private String server = "";

    /** Asks the server to pause or to resume it. */
    void ask(String change, Map<String, Object> more) throws InterruptedException {
        if (!JobIds.valid(pool)) {
            throw new CliException(
                    ExitCodes.USAGE, "a pool's name matches " + JobIds.PATTERN + ", not " + pool);
        }
        Map<String, Object> body = new TreeMap<>(more);
        priority.ifPresent(lane -> body.put("priority", lane));
        model.ifPresent(name -> body.put("model", name));
        String json = new String(Json.write(body), StandardCharsets.UTF_8);
        Logging.off();
        try (KaguClient client = Clients.connected(server)) {
            Clients.done(client.call("POST", "v1/queue/" + pool + '/' + change, json));
        }
    }

    /** For people, such as {@code pool p1, low jobs of m}. */
    @Override
    public String toString() {
        if (priority.isEmpty() && model.isEmpty()) {
            return "pool " + pool;
        }
        return "pool %s, %sjobs%s"
                .formatted(
                        pool,
                        priority.map(lane -> lane + ' ').orElse(""),
                        model.map(name -> " of " + name).orElse(""));
    }
}
