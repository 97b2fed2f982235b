package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.LetterFacts;
import io.kagu.cli.core.LetterTable;
import io.kagu.common.job.JobIds;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

import java.util.Map;
import java.util.concurrent.Callable;

/** The dead letters of a server: shows them; its subcommands requeue and discard. */
@Command(
        name = "dlq",
        subcommands = DlqRequeueCommand.class,
        description = {
            "Show the jobs that ended dead, grouped by cause, the newest first.",
            "Requeue them once the cause is gone, or discard them."
        })
public final class DlqCommand implements Callable<Integer> {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the Kagu server (${DEFAULT-VALUE})",
            scope = ScopeType.INHERIT)
    private String server = "";

    @Mixin private LetterFilterOptions filter = new LetterFilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "letters at most, up to 500 (${DEFAULT-VALUE})")
    private int limit;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> fields = filter.fields();
        fields.put("limit", limit);
        try (KaguClient client = connected()) {
            String path = "v1/dlq?" + LetterFilterOptions.query(fields);
            String body = Clients.done(client.call("GET", path, ""));
            LetterTable.lines(Clients.read(body, LetterFacts.Page.class))
                    .forEach(System.out::println);
        }
        return ExitCodes.OK;
    }

    @Command(name = "show", description = "Show one dead letter with its attempts.")
    int show(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        try (KaguClient client = connected()) {
            String body = Clients.done(client.call("GET", path(id), ""));
            LetterTable.lines(Clients.read(body, LetterFacts.class)).forEach(System.out::println);
        }
        return ExitCodes.OK;
    }

    @Command(name = "discard", description = "Forget a dead letter; its job stays dead.")
    int discard(@Parameters(paramLabel = "ID") String id) throws InterruptedException {
        try (KaguClient client = connected()) {
            Clients.done(client.call("DELETE", path(id), ""));
            System.out.println(id + " is discarded");
        }
        return ExitCodes.OK;
    }

    @Command(name = "stop", description = "Stop a requeue of many; what is requeued stays so.")
    int stop() throws InterruptedException {
        try (KaguClient client = connected()) {
            Clients.done(client.call("DELETE", "v1/dlq:requeue", ""));
            System.out.println("stopped");
        }
        return ExitCodes.OK;
    }

    /** A client of the server that the options name. */
    KaguClient connected() throws InterruptedException {
        Logging.off();
        return Clients.connected(server);
    }

    /** Where a letter is on the server. */
    static String path(String id) {
        if (!JobIds.valid(id)) {
            throw new CliException(
                    ExitCodes.USAGE, "a job's id matches " + JobIds.PATTERN + ", not " + id);
        }
        return "v1/dlq/" + id;
    }
}
