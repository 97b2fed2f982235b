package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.core.GpuEntry;
import io.kagu.cli.core.GpuFacts;
import io.kagu.cli.core.GpuTable;
import io.kagu.common.job.JobIds;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** The registered GPUs of a server: shows them; its subcommands change them. */
@Command(
        name = "gpus",
        description = {
            "Show the GPUs that a server knows, or change them.",
            "(kagu gpu, without the s, runs a simulated one.)"
        })
public final class GpusCommand implements Callable<Integer> {

    private static final long GLANCE_MILLIS = 500;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the Kagu server (${DEFAULT-VALUE})",
            scope = ScopeType.INHERIT)
    private String server = "";

    @Override
    public Integer call() throws InterruptedException {
        try (KaguClient client = connected()) {
            String body = Clients.done(client.call("GET", "v1/gpus", ""));
            GpuTable.lines(Clients.read(body, GpuFacts.All.class)).forEach(System.out::println);
        }
        return ExitCodes.OK;
    }

    @Command(name = "put", description = "Register GPUs, or change them to what a file says.")
    int put(
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "one GPU, or a list under gpus:, as JSON or YAML;"
                                            + " - is standard input")
                    String file)
            throws InterruptedException {
        List<GpuEntry> entries = entries(file);
        try (KaguClient client = connected()) {
            for (GpuEntry entry : entries) {
                Clients.done(client.call("PUT", path(entry.name()), entry.json()));
                System.out.println(entry.name() + " is registered");
            }
        }
        return ExitCodes.OK;
    }

    @Command(name = "rm", description = "Forget a GPU that is drained.")
    int remove(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--force",
                            description =
                                    "also while calls run on it: they end by themselves or by"
                                            + " their time limit")
                    boolean force)
            throws InterruptedException {
        try (KaguClient client = connected()) {
            Clients.done(client.call("DELETE", path(name) + "?force=" + force, ""));
            System.out.println(name + " is forgotten");
        }
        return ExitCodes.OK;
    }

    @Command(name = "drain", description = "Let a GPU take no more calls; those that run may end.")
    int drain(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--wait", description = "wait until no call runs on it") boolean wait)
            throws InterruptedException {
        try (KaguClient client = connected()) {
            Clients.done(client.call("POST", path(name) + "/drain", ""));
            if (wait) {
                awaitDrained(client, name);
            }
            System.out.println(name + (wait ? " is drained" : " takes no more calls"));
        }
        return ExitCodes.OK;
    }

    @Command(name = "resume", description = "Let a drained GPU take calls again.")
    int resume(@Parameters(paramLabel = "NAME") String name) throws InterruptedException {
        try (KaguClient client = connected()) {
            Clients.done(client.call("POST", path(name) + "/resume", ""));
            System.out.println(name + " takes calls");
        }
        return ExitCodes.OK;
    }

    private KaguClient connected() throws InterruptedException {
        Logging.off();
        return Clients.connected(server);
    }

    private static void awaitDrained(KaguClient client, String name) throws InterruptedException {
        GpuFacts gpu = facts(client, name);
        while (!gpu.drained()) {
            if (!gpu.spec().draining()) {
                throw new CliException(ExitCodes.FAILED, name + " was resumed by somebody else");
            }
            Thread.sleep(GLANCE_MILLIS);
            gpu = facts(client, name);
        }
    }

    private static GpuFacts facts(KaguClient client, String name) throws InterruptedException {
        return Clients.read(Clients.done(client.call("GET", path(name), "")), GpuFacts.class);
    }

    private static String path(String name) {
        if (!JobIds.valid(name)) {
            throw new CliException(
                    ExitCodes.USAGE, "a GPU's name matches " + JobIds.PATTERN + ", not " + name);
        }
        return "v1/gpus/" + name;
    }

    private static List<GpuEntry> entries(String file) {
        try {
            byte[] bytes =
                    file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return GpuEntry.read(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CliException(ExitCodes.USAGE, file + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCodes.USAGE, file + ": " + e.getMessage(), e);
        }
    }
}
