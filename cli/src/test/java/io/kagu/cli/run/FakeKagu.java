package io.kagu.cli.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobStatus;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that speaks Kagu's native API from memory. The model says what becomes of a job: {@code
 * echo} completes with its own body, {@code dead} dies, {@code stuck} waits to be cancelled, {@code
 * unknown} is refused.
 */
final class FakeKagu implements AutoCloseable {

    private final Map<String, Entry> jobs = new LinkedHashMap<>();
    private final AtomicInteger submissions = new AtomicInteger();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private final HttpServer server;

    private record Entry(String model, JobStatus state, String body, Optional<Instant> endedAt) {}

    FakeKagu() {
        server =
                HttpServer.start(new HttpConfig("127.0.0.1", 0, 1 << 20), List.of(this::addRoutes));
    }

    private void addRoutes(RoutesConfig routes) {
        routes.post("/v1/jobs", this::submit);
        routes.get("/v1/jobs/{id}", this::view);
        routes.get("/v1/jobs/{id}/result", this::result);
        routes.delete("/v1/jobs/{id}", this::cancel);
        routes.get("/health/ready", ctx -> HttpServer.json(ctx, 200, Map.of("status", "ok")));
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Answers so many submissions with 503 first. */
    void beBusy(int answers) {
        busyAnswers.set(answers);
    }

    int submissions() {
        return submissions.get();
    }

    synchronized int known() {
        return jobs.size();
    }

    synchronized List<String> ids() {
        return List.copyOf(jobs.keySet());
    }

    /** A job that was withdrawn before anybody asks. */
    synchronized void putCancelled(String id, Instant endedAt) {
        jobs.put(id, new Entry("echo", JobStatus.CANCELLED, "", Optional.of(endedAt)));
    }

    private synchronized void submit(Context ctx) {
        if (busyAnswers.getAndDecrement() > 0) {
            throw new ProblemException(
                    Problem.of(503, "overloaded", "Overloaded", "Too much").retryAfter(1));
        }
        submissions.incrementAndGet();
        String model = String.valueOf(ctx.header("X-Kagu-Model"));
        if (model.equals("unknown")) {
            throw new ProblemException(
                    Problem.of(422, "unknown_model", "Unknown", "No GPU serves model unknown"));
        }
        String id = String.valueOf(ctx.header("X-Kagu-Id"));
        jobs.computeIfAbsent(id, _ -> fresh(model, ctx.body()));
        HttpServer.json(ctx, 202, Map.of("id", id));
    }

    private static Entry fresh(String model, String body) {
        return switch (model) {
            case "dead" -> new Entry(model, JobStatus.DEAD, body, Optional.of(Instant.now()));
            case "stuck" -> new Entry(model, JobStatus.QUEUED, body, Optional.empty());
            default -> new Entry(model, JobStatus.COMPLETED, body, Optional.of(Instant.now()));
        };
    }

    private synchronized Entry entry(Context ctx) {
        return Optional.ofNullable(jobs.get(ctx.pathParam("id")))
                .orElseThrow(() ->
                        new ProblemException(
                                Problem.of(404, "job_not_found", "Not found", "Not here")));
    }

    private void result(Context ctx) {
        Entry entry = entry(ctx);
        switch (entry.state()) {
            case COMPLETED -> ctx.status(200).contentType("application/json").result(entry.body());
            case QUEUED, RUNNING, RETRYING -> HttpServer.json(ctx, 408, Map.of("type", "pending"));
            case DEAD, CANCELLED, EXPIRED ->
                    throw new ProblemException(Problem.of(409, "ended", "Ended", "No result"));
        }
    }

    private void view(Context ctx) {
        Entry entry = entry(ctx);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", entry.state());
        view.put("submitted_at", Instant.now().minusMillis(100));
        entry.endedAt().ifPresent(time -> view.put("finished_at", time));
        view.put("attempt_count", 1);
        if (entry.state() == JobStatus.DEAD) {
            view.put("reason", Map.of("code", "rejected", "message", "the GPU refused it"));
        }
        ctx.contentType("application/json").result(Json.write(view));
    }

    private synchronized void cancel(Context ctx) {
        Entry entry = entry(ctx);
        if (!entry.state().terminal()) {
            jobs.put(
                    ctx.pathParam("id"),
                    new Entry(
                            entry.model(),
                            JobStatus.CANCELLED,
                            entry.body(),
                            Optional.of(Instant.now())));
        }
        HttpServer.json(ctx, 202, Map.of("state", "CANCELLED"));
    }

    @Override
    public void close() {
        server.close();
    }
}
