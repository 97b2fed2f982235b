package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.LetterFacts;
import io.kagu.cli.core.LetterTable;
import io.kagu.cli.core.RequeueFacts;
import io.kagu.cli.run.Terminal;
import io.kagu.common.codec.Json;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Queues dead jobs again: one, or many with care. */
@Command(
        name = "requeue",
        description = {
            "Queue a dead job again, or many: --all, or those that all other options agree with.",
            "Many go at a rate, the oldest first; --canary N lets N of them complete first.",
            "Ctrl-C stops watching only: kagu dlq stop ends it."
        })
public final class DlqRequeueCommand implements Callable<Integer> {

    private static final long GLANCE_MILLIS = 500;

    @ParentCommand private DlqCommand dlq = new DlqCommand();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "one job")
    private Optional<String> id = Optional.empty();

    @Option(names = "--all", description = "all there are")
    private boolean all;

    @Mixin private LetterFilterOptions filter = new LetterFilterOptions();

    @Option(names = "--dry-run", description = "only say how many, and of what causes")
    private boolean dryRun;

    @Option(names = "--rate", paramLabel = "N", description = "jobs a second at most (10)")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--canary",
            paramLabel = "N",
            description = "so many go first; if one does not complete, the rest stays")
    private Optional<Integer> canary = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "jobs at most (10000)")
    private Optional<Integer> limit = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Object> fields = filter.fields();
        requireOneChoice(fields);
        try (KaguClient client = dlq.connected()) {
            return id.isPresent() ? one(client, id.get()) : many(client, fields);
        }
    }

    private void requireOneChoice(Map<String, Object> fields) {
        int choices = (id.isPresent() ? 1 : 0) + (all ? 1 : 0) + (fields.isEmpty() ? 0 : 1);
        if (choices != 1) {
            throw new CliException(
                    ExitCodes.USAGE, "say which: an ID, --all, or filters such as --fingerprint F");
        }
        if (id.isPresent()
                && (dryRun || rate.isPresent() || canary.isPresent() || limit.isPresent())) {
            throw new CliException(
                    ExitCodes.USAGE, "--dry-run, --rate, --canary and --limit go without an ID");
        }
    }

    private static int one(KaguClient client, String job) throws InterruptedException {
        Clients.done(client.call("POST", DlqCommand.path(job) + "/requeue", ""));
        System.out.println(job + " is requeued");
        return ExitCodes.OK;
    }

    private int many(KaguClient client, Map<String, Object> fields) throws InterruptedException {
        fields.put("dry_run", dryRun);
        rate.ifPresent(it -> fields.put("rate_per_second", it));
        canary.ifPresent(it -> fields.put("canary", it));
        limit.ifPresent(it -> fields.put("limit", it));
        String request = new String(Json.write(fields), StandardCharsets.UTF_8);
        String body = Clients.done(client.call("POST", "v1/dlq:requeue", request));
        return dryRun ? would(Clients.read(body, LetterFacts.DryRun.class)) : watch(client, body);
    }

    private static int would(LetterFacts.DryRun dry) {
        System.out.println(dry.count() + (dry.more() ? " or more" : "") + " would be requeued");
        if (dry.count() > 0) {
            LetterTable.groups(dry.groups()).forEach(System.out::println);
        }
        return ExitCodes.OK;
    }

    private static int watch(KaguClient client, String begun) throws InterruptedException {
        Terminal terminal = Terminal.ofProcess();
        RequeueFacts run = Clients.read(begun, RequeueFacts.class);
        while (!run.ended()) {
            if (terminal.isLive()) {
                terminal.draw(List.of(run.line()));
            }
            Thread.sleep(GLANCE_MILLIS);
            String body = Clients.done(client.call("GET", "v1/dlq:requeue", ""));
            run = Clients.read(body, RequeueFacts.class);
        }
        terminal.draw(List.of());
        System.out.println(run.line());
        return run.done() ? ExitCodes.OK : ExitCodes.FAILED;
    }
}
