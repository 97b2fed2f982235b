package io.kagu.statusapi.web.queueclient;

import io.javalin.http.Context;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.GpuReport;
import io.kagu.statusapi.web.DeadLetterList;
import io.kagu.statusapi.web.JobProblems;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Queues, GPUs and dispatcher replicas in the words of queue clients. */
final class BoardHandlers {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "1";

    private final QueueClientRoutes.Services services;
    private final DeadLetterList letters;

    BoardHandlers(QueueClientRoutes.Services services, DeadLetterList letters) {
        this.services = services;
        this.letters = letters;
    }

    private record Health(String status) {}

    private record Consumers(List<ConsumerAnswer> consumers) {}

    void status(Context ctx) {
        requireReady();
        QueueNumbers queue = queue();
        HttpServer.json(
                ctx,
                200,
                new StatusAnswer(
                        queue.waiting(),
                        queue.taken(),
                        letters.count(),
                        queue.stale(),
                        byGpu(StatusAnswer.Breaker::of),
                        consumers(),
                        byGpu(GpuAnswer::of),
                        StatusAnswer.Limits.of(services.thresholds())));
    }

    void fifoStatus(Context ctx) {
        requireReady();
        boolean running =
                consumers().stream().anyMatch(it -> it.status().equals(ConsumerAnswer.ALIVE));
        HttpServer.json(
                ctx, 200, FifoStatusAnswer.of(queue(), services.thresholds().capacity(), running));
    }

    void consumers(Context ctx) {
        requireReady();
        HttpServer.json(ctx, 200, new Consumers(consumers()));
    }

    void gpus(Context ctx) {
        requireReady();
        HttpServer.json(ctx, 200, byGpu(GpuAnswer::of));
    }

    void health(Context ctx) {
        if (services.ready().getAsBoolean()) {
            HttpServer.json(ctx, 200, new Health("ok"));
        } else {
            ctx.header("Retry-After", RETRY_AFTER);
            HttpServer.json(ctx, UNAVAILABLE, new Health("not ready"));
        }
    }

    private QueueNumbers queue() {
        return new QueueNumbers(services.boards().queues().pools());
    }

    private List<ConsumerAnswer> consumers() {
        return services.boards().consumers().consumers().stream().map(ConsumerAnswer::of).toList();
    }

    private <T> Map<String, T> byGpu(Function<GpuReport, T> answer) {
        Instant now = services.clock().instant();
        Map<String, T> byName = new TreeMap<>();
        services.boards()
                .gpus()
                .gpus()
                .forEach(
                        gpu -> byName.put(gpu.spec().name(), answer.apply(GpuReport.of(gpu, now))));
        return byName;
    }

    private void requireReady() {
        if (!services.boards().gpus().ready() || !services.boards().consumers().ready()) {
            throw new ProblemException(JobProblems.restoring());
        }
    }
}
