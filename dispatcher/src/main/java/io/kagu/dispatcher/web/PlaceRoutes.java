package io.kagu.dispatcher.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.PlacesRequest;
import io.kagu.common.job.PlacesTold;
import io.kagu.dispatcher.pool.PlaceAnswer;
import io.kagu.dispatcher.pool.PlaceDesk;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /v1/pools/{pool}/jobs/{id}/place} and {@code POST /v1/pools/{pool}/places}: where jobs
 * stand, exactly, as the owner of their pool knows it. Another replica answers 421; none ever asks
 * another.
 */
public final class PlaceRoutes implements HttpRoutes {

    /** How long an asker waits for the owner. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String ONE = "/v1/pools/{pool}/jobs/{id}/place";
    private static final int RETRY_AFTER_SECONDS = 1;

    private final PlaceDesk desk;
    private final BooleanSupplier settled;
    private final Duration patience;

    /**
     * @param settled whether this replica owns what it is to own, and has restored it
     * @param patience how long an asker waits
     */
    public PlaceRoutes(PlaceDesk desk, BooleanSupplier settled, Duration patience) {
        this.desk = desk;
        this.settled = settled;
        this.patience = patience;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ONE, this::place);
        routes.post(PlacesRequest.PATH, this::places);
    }

    private void place(Context ctx) throws InterruptedException {
        String pool = ctx.pathParam("pool");
        String jobId = ctx.pathParam("id");
        List<JobPlace> told = told(pool, List.of(jobId));
        if (told.isEmpty()) {
            throw new ProblemException(unknown(pool, jobId));
        }
        HttpServer.json(ctx, 200, told.getFirst());
    }

    private void places(Context ctx) throws InterruptedException {
        List<String> ids = Json.read(ctx.bodyAsBytes(), PlacesRequest.class).ids();
        if (ids.isEmpty() || ids.size() > PlaceDesk.MOST_JOBS) {
            throw new ProblemException(
                    Problem.field(
                            422, "bad_ids", "ids", "1 to " + PlaceDesk.MOST_JOBS + " job ids"));
        }
        HttpServer.json(ctx, 200, new PlacesTold(told(ctx.pathParam("pool"), ids)));
    }

    private List<JobPlace> told(String pool, List<String> ids) throws InterruptedException {
        return switch (answered(desk.ask(pool, ids))) {
            case PlaceAnswer.Told(var places) -> places;
            case PlaceAnswer.NotOwner() ->
                    throw new ProblemException(
                            settled.getAsBoolean() ? notOwner(pool) : restoring());
            case PlaceAnswer.Busy() -> throw new ProblemException(busy());
        };
    }

    private PlaceAnswer answered(CompletableFuture<PlaceAnswer> answer)
            throws InterruptedException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new ProblemException(busy());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the owner's answer failed", e.getCause());
        }
    }

    private static Problem unknown(String pool, String jobId) {
        return Problem.of(404, "job_not_found", "Job not found", "The owner knows no such job")
                .with("job_id", jobId)
                .with("pool", pool);
    }

    private static Problem notOwner(String pool) {
        return Problem.of(421, "not_owner", "Not the owner", "Another replica owns the pool")
                .with("pool", pool);
    }

    private static Problem restoring() {
        return Problem.of(503, "restoring", "Restoring", "Pools are moving between the replicas")
                .retryAfter(RETRY_AFTER_SECONDS);
    }

    private static Problem busy() {
        return Problem.of(
                        503, "owner_busy", "Owner busy", "The pool's owner did not answer in time")
                .retryAfter(RETRY_AFTER_SECONDS);
    }
}
