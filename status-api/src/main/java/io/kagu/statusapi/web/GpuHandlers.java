package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.GpuReport;
import io.kagu.statusapi.core.KnownGpu;
import io.kagu.statusapi.query.GpuBoard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Registered GPUs: what they are, what they do, and whether they get calls. */
final class GpuHandlers {

    private static final int RETRY = 2;

    private final GpuBoard board;
    private final InstantSource clock;

    GpuHandlers(GpuBoard board, InstantSource clock) {
        this.board = board;
        this.clock = clock;
    }

    /**
     * All GPUs.
     *
     * @param stale whether the topics have not been read to their ends yet
     * @param leftOut by name, why stored GPUs are not in force
     */
    record Answer(
            Instant asOf, boolean stale, List<GpuReport> gpus, Map<String, List<String>> leftOut) {}

    /** What is known of all GPUs. */
    static Answer answer(GpuBoard board, Instant now) {
        List<GpuReport> gpus = board.gpus().stream().map(gpu -> GpuReport.of(gpu, now)).toList();
        return new Answer(now, !board.ready(), gpus, board.leftOut());
    }

    void all(Context ctx) {
        requireReady();
        HttpServer.json(ctx, 200, answer(board, clock.instant()));
    }

    void one(Context ctx) {
        requireReady();
        KnownGpu gpu =
                board.gpu(ctx.pathParam("name"))
                        .orElseThrow(() -> new ProblemException(notFound(ctx.pathParam("name"))));
        HttpServer.json(ctx, 200, GpuReport.of(gpu, clock.instant()));
    }

    private static Problem notFound(String name) {
        return Problem.of(404, "gpu_not_found", "No such GPU", "No GPU is named " + name);
    }

    private void requireReady() {
        if (!board.ready()) {
            throw new ProblemException(
                    Problem.of(
                                    503,
                                    "registry_not_ready",
                                    "Not ready",
                                    "The GPU registry has not been read yet.")
                            .retryAfter(RETRY));
        }
    }
}
