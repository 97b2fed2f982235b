package io.kagu.cli.client;

import io.kagu.cli.core.JobOptions;
import io.kagu.cli.core.JobRequest;
import io.kagu.common.codec.BadJsonException;
import io.kagu.common.codec.Json;
import io.kagu.common.job.JobIds;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Talks to one Kagu server over HTTP. Safe for many threads. */
public final class KaguClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI server;

    private KaguClient(HttpClient http, URI server) {
        this.http = http;
        this.server = server;
    }

    /**
     * A client of the server at this base URL.
     *
     * @throws IllegalArgumentException if it is no http or https URL
     */
    public static KaguClient of(String url) {
        URI server = URI.create(url.endsWith("/") ? url : url + "/");
        String scheme = String.valueOf(server.getScheme());
        if (server.getHost() == null || !scheme.matches("(?i)https?")) {
            throw new IllegalArgumentException("not an http or https URL: " + url);
        }
        HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        return new KaguClient(http, server);
    }

    /**
     * Submits a job; the same id is the same job, however often.
     *
     * @param id the job's id, see {@link JobIds}
     */
    public SubmitAnswer submit(JobRequest job, String id) throws InterruptedException {
        HttpRequest.Builder request =
                to("v1/jobs", ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("X-Kagu-Id", id)
                        .header("X-Kagu-Model", job.model())
                        .header("X-Kagu-Priority", job.priority().word());
        addOptions(request, job.options());
        request.POST(HttpRequest.BodyPublishers.ofString(job.body()));
        try {
            return SubmitAnswers.of(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new SubmitAnswer.Unreachable(reason(e));
        }
    }

    private static void addOptions(HttpRequest.Builder request, JobOptions options) {
        request.header("X-Kagu-Path", options.path());
        options.tenant().ifPresent(it -> request.header("X-Kagu-Tenant", it));
        options.deadline().ifPresent(it -> request.header("X-Kagu-Deadline", it.toString()));
        options.maxAttempts()
                .ifPresent(it -> request.header("X-Kagu-Max-Attempts", Integer.toString(it)));
        options.tokens().ifPresent(it -> request.header("X-Kagu-Tokens", Long.toString(it)));
        options.callback().ifPresent(it -> request.header("X-Kagu-Callback", it.toString()));
        options.affinity().ifPresent(it -> request.header("X-Kagu-Affinity", it));
    }

    /** Asks for a result and waits for it at the server. */
    public ResultAnswer result(String id, Duration wait) throws InterruptedException {
        HttpRequest request =
                to(job(id) + "/result?wait=" + wait.toSeconds(), ANSWER_TIMEOUT.plus(wait))
                        .GET()
                        .build();
        try {
            return resultAnswer(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            return new ResultAnswer.Unreachable(reason(e));
        }
    }

    private static ResultAnswer resultAnswer(HttpResponse<InputStream> response)
            throws IOException {
        if (response.statusCode() / 100 == 2) {
            return new ResultAnswer.Ready(response.body());
        }
        response.body().close();
        return switch (response.statusCode()) {
            case 408 -> new ResultAnswer.Pending();
            case 409 -> new ResultAnswer.Ended();
            case 404 -> new ResultAnswer.Unknown();
            case 429, 503 -> new ResultAnswer.Busy(RetryAfter.seconds(response));
            default -> new ResultAnswer.Unreachable("status " + response.statusCode());
        };
    }

    /** The server's view of a job; empty if it has none to give. */
    public Optional<JobReport> report(String id) throws InterruptedException {
        return reportFrom(to(job(id), ANSWER_TIMEOUT).GET().build());
    }

    /** Asks the server to cancel a job, however often; says whether the server heard it. */
    public boolean cancel(String id) throws InterruptedException {
        HttpRequest request = to(job(id), ANSWER_TIMEOUT).DELETE().build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status < 500 && status != 429;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes a call that is not about a job.
     *
     * @param path below the server's base URL
     * @param body empty for none
     */
    public ServerAnswer call(String method, String path, String body) throws InterruptedException {
        HttpRequest request =
                to(path, ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return ServerAnswer.of(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new ServerAnswer.Unreachable(reason(e));
        }
    }

    /** Empty if the server can take jobs, else what it says or why it is silent. */
    public Optional<String> whyNotReady() throws InterruptedException {
        HttpRequest request = to("health/ready", CONNECT_TIMEOUT).GET().build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status == 200 ? Optional.empty() : Optional.of("status " + status);
        } catch (IOException e) {
            return Optional.of(reason(e));
        }
    }

    private Optional<JobReport> reportFrom(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? Optional.of(Json.read(response.body(), JobReport.class))
                    : Optional.empty();
        } catch (IOException | BadJsonException e) {
            return Optional.empty();
        }
    }

    private static String job(String id) {
        if (!JobIds.valid(id)) {
            throw new IllegalArgumentException("not a job id: " + id);
        }
        return "v1/jobs/" + id;
    }

    private HttpRequest.Builder to(String path, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(timeout);
    }

    /** JDK exceptions often have no message of their own. */
    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
