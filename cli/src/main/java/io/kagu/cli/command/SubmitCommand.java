package io.kagu.cli.command;

import io.kagu.cli.CliException;
import io.kagu.cli.ExitCodes;
import io.kagu.cli.client.JobReport;
import io.kagu.cli.client.KaguClient;
import io.kagu.cli.client.ResultAnswer;
import io.kagu.cli.client.SubmitAnswer;
import io.kagu.cli.core.JobRequest;
import io.kagu.cli.core.LineParser;
import io.kagu.cli.core.ParsedLine;
import io.kagu.cli.core.SingleJob;
import io.kagu.common.job.JobIds;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Submits one job and prints its id, or with {@code --wait} its result. */
@Command(
        name = "submit",
        description = {
            "Submit one job and print its id; with --wait, wait and print its result.",
            "The input is the request body for the GPU, or a job as in a file of jobs."
        })
public final class SubmitCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofSeconds(10);

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "the job as JSON; - is standard input (default)")
    private String file = "-";

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "the Kagu server (${DEFAULT-VALUE})")
    private String server = "";

    @Option(names = "--model", description = "the model, instead of the input's")
    private Optional<String> model = Optional.empty();

    @Option(names = "--priority", description = "high, normal or low, instead of the input's")
    private Optional<String> priority = Optional.empty();

    @Option(names = "--id", description = "the job's id; the same id again is the same job")
    private Optional<String> id = Optional.empty();

    @Option(names = "--wait", description = "wait for the result and print it")
    private boolean wait;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Logging.off();
        String jobId = id.orElseGet(JobIds::next);
        if (!JobIds.valid(jobId)) {
            throw new CliException(ExitCodes.USAGE, "--id must match " + JobIds.PATTERN);
        }
        JobRequest job = job();
        try (KaguClient client = Clients.connected(server)) {
            String taken = submit(client, job, jobId);
            (wait ? System.err : System.out).println(taken);
            return wait ? printResult(client, taken) : ExitCodes.OK;
        }
    }

    private JobRequest job() {
        String text = SingleJob.asLine(read(), model, priority);
        // The server knows its own limit.
        return switch (new LineParser(Integer.MAX_VALUE).parse(1, text)) {
            case ParsedLine.Good(JobRequest request) -> request;
            case ParsedLine.Bad bad ->
                    throw new CliException(ExitCodes.USAGE, String.join("; ", bad.faults()));
        };
    }

    private String read() {
        try {
            byte[] bytes =
                    file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CliException(ExitCodes.USAGE, file + " cannot be read: " + e, e);
        }
    }

    private static String submit(KaguClient client, JobRequest job, String id)
            throws InterruptedException {
        return switch (client.submit(job, id)) {
            case SubmitAnswer.Accepted(String taken) -> taken;
            case SubmitAnswer.Refused refused ->
                    throw new CliException(ExitCodes.FAILED, "refused: " + refused.detail());
            case SubmitAnswer.Busy(int seconds, String code) ->
                    throw new CliException(
                            ExitCodes.FAILED,
                            "the server takes no more for now (%s): try again in %d s"
                                    .formatted(code, seconds));
            case SubmitAnswer.Unreachable(String reason) ->
                    throw new CliException(
                            ExitCodes.FAILED,
                            "the server does not answer (%s); with --id %s a repeat is no second job"
                                    .formatted(reason, id));
        };
    }

    private static int printResult(KaguClient client, String id)
            throws InterruptedException, IOException {
        while (true) {
            switch (client.result(id, POLL)) {
                case ResultAnswer.Ready(var body) -> {
                    try (body) {
                        body.transferTo(System.out);
                    }
                    System.out.println();
                    return ExitCodes.OK;
                }
                case ResultAnswer.Ended() ->
                        throw new CliException(ExitCodes.FAILED, ending(client.report(id)));
                case ResultAnswer.Unknown() ->
                        throw new CliException(ExitCodes.FAILED, "the server lost job " + id);
                case ResultAnswer.Unreachable(String reason) ->
                        throw new CliException(
                                ExitCodes.FAILED, "the server does not answer: " + reason);
                case ResultAnswer.Busy(int seconds) -> Thread.sleep(Duration.ofSeconds(seconds));
                case ResultAnswer.Pending() -> {}
            }
        }
    }

    private static String ending(Optional<JobReport> report) {
        String state = report.map(it -> it.state().name()).orElse("ended without a result");
        return report.flatMap(JobReport::reason)
                .map(reason -> state + ": " + reason.message())
                .orElse(state);
    }
}
