package io.kagu.statusapi.web;

import io.javalin.http.Context;
import io.kagu.common.admission.Thresholds;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.statusapi.core.ConsumerReport;
import io.kagu.statusapi.query.Boards;
import io.kagu.statusapi.query.ConsumerBoard;
import io.kagu.statusapi.query.GpuBoard;
import io.kagu.statusapi.query.QueueBoard;
import io.kagu.statusapi.stream.LiveFeed;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The whole at a glance: queues, dispatcher replicas, and a live stream of everything. */
final class OverviewHandlers {

    private static final int RETRY = 1;
    private static final int SNAPSHOT_JOBS = 50;

    private final QueueBoard queues;
    private final ConsumerBoard consumers;
    private final GpuBoard gpus;
    private final Thresholds thresholds;
    private final InstantSource clock;

    OverviewHandlers(Boards boards, Thresholds thresholds, InstantSource clock) {
        this.queues = boards.queues();
        this.consumers = boards.consumers();
        this.gpus = boards.gpus();
        this.thresholds = thresholds;
        this.clock = clock;
    }

    /** All dispatcher replicas. */
    record Consumers(Instant asOf, boolean stale, List<ConsumerReport> consumers) {}

    /** All that a dashboard begins with. */
    record Snapshot(
            Instant asOf,
            QueueAnswer queue,
            GpuHandlers.Answer gpus,
            Consumers consumers,
            JobListHandler.Answer jobs) {}

    void queue(Context ctx) {
        HttpServer.json(ctx, 200, queueAnswer());
    }

    void consumers(Context ctx) {
        if (!consumers.ready()) {
            throw new ProblemException(
                    Problem.of(503, "consumers_not_ready", "Not ready", "Heartbeats are being read")
                            .retryAfter(RETRY));
        }
        HttpServer.json(ctx, 200, consumersAnswer());
    }

    /** What the live stream tells. */
    LiveFeed.Sources sources(JobListHandler jobs) {
        return new LiveFeed.Sources(
                () ->
                        new Snapshot(
                                clock.instant(),
                                queueAnswer(),
                                GpuHandlers.answer(gpus, clock.instant()),
                                consumersAnswer(),
                                jobs.newest(SNAPSHOT_JOBS)),
                Map.of(
                        "queue",
                        new LiveFeed.Part(queues::pools, this::queueAnswer),
                        "gpus",
                        new LiveFeed.Part(
                                gpus::gpus, () -> GpuHandlers.answer(gpus, clock.instant()))));
    }

    private QueueAnswer queueAnswer() {
        return QueueAnswer.of(
                queues.pools(),
                new QueueAnswer.Rules(gpus.registry().gpus(), thresholds),
                clock.instant());
    }

    private Consumers consumersAnswer() {
        return new Consumers(clock.instant(), !consumers.ready(), consumers.consumers());
    }
}
