package io.kagu.statusapi;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.kagu.common.codec.Json;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpRoutes;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;
import io.kagu.common.http.ProblemException;
import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.PlacesRequest;
import io.kagu.common.job.PlacesTold;
import io.kagu.common.job.WaitEstimate;
import io.kagu.common.job.WaitReason;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** A dispatcher that tells where jobs stand, as the test says. */
final class ScriptedOwner implements HttpRoutes, AutoCloseable {

    final List<List<String>> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile boolean owner = true;
    private volatile long position = 7;

    ScriptedOwner() {
        server = HttpServer.start(new HttpConfig("127.0.0.1", 0, 1 << 16), List.of(this));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(PlacesRequest.PATH, this::places);
    }

    private void places(Context ctx) {
        List<String> ids = Json.read(ctx.bodyAsBytes(), PlacesRequest.class).ids();
        asked.add(ids);
        if (!owner) {
            throw new ProblemException(Problem.of(421, "not_owner", "Not the owner", "Another"));
        }
        HttpServer.json(ctx, 200, new PlacesTold(ids.stream().map(this::place).toList()));
    }

    private JobPlace place(String jobId) {
        return new JobPlace(
                jobId,
                JobStory.POOL,
                JobStatus.QUEUED,
                OptionalLong.of(position),
                41,
                Optional.of(new WaitEstimate(2.5, 6)),
                List.of(WaitReason.of("full", "all slots are taken").times(2)),
                Instant.now());
    }

    void puts(long place) {
        position = place;
    }

    void losesThePool() {
        owner = false;
    }

    String url() {
        return new ReplicaAddress("127.0.0.1", server.port()).url();
    }

    @Override
    public void close() {
        server.close();
    }
}
