package io.kagu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.kagu.common.http.HttpConfig;
import io.kagu.common.http.HttpServer;
import io.kagu.common.http.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code kagu gpus} asks of a server, and what it makes of the answers. */
final class GpusCommandTest {

    @TempDir private Path dir;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() {
        server = HttpServer.start(new HttpConfig("127.0.0.1", 0, 1 << 20), List.of(this::routes));
    }

    @AfterEach
    void stop() {
        System.setOut(realOut);
        System.setErr(realErr);
        server.close();
    }

    /** A server with one GPU, which is drained from the second time on that it is asked. */
    private void routes(RoutesConfig routes) {
        routes.get("/health/ready", ctx -> HttpServer.json(ctx, 200, Map.of("status", "ok")));
        routes.get("/v1/gpus", ctx -> HttpServer.json(ctx, 200, Map.of("gpus", List.of(gpu()))));
        routes.get("/v1/gpus/{name}", ctx -> HttpServer.json(ctx, 200, gpu()));
        routes.put("/v1/gpus/{name}", ctx -> done(ctx, 201));
        routes.post("/v1/gpus/{name}/{change}", ctx -> done(ctx, 200));
        routes.delete("/v1/gpus/{name}", this::delete);
    }

    private Map<String, Object> gpu() {
        return Map.of(
                "spec",
                Map.of("name", "a", "pool", "p", "slots", 3, "draining", true),
                "usable",
                false,
                "drained",
                asked.incrementAndGet() > 1);
    }

    private void done(Context ctx, int status) {
        calls.add(ctx.method() + " " + ctx.path() + " " + ctx.body());
        HttpServer.json(ctx, status, Map.of());
    }

    private void delete(Context ctx) {
        if (ctx.queryParam("force") != null && ctx.queryParam("force").equals("true")) {
            ctx.status(204);
        } else {
            HttpServer.answer(ctx, Problem.of(409, "gpu_not_drained", "t", "GPU a is not drained"));
        }
    }

    private int gpus(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        String[] all = new String[args.length + 3];
        all[0] = "gpus";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--server";
        all[args.length + 2] = "http://127.0.0.1:" + server.port();
        return KaguMain.run(all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutACommandItListsTheGpus() {
        assertThat(gpus()).isZero();
        assertThat(said()).startsWith("GPU").contains("a    p     3");
    }

    @Test
    void putRegistersEveryGpuOfAFile() throws IOException {
        Path file = Files.writeString(dir.resolve("g.yaml"), "gpus: [{name: a}, {name: b}]");

        assertThat(gpus("put", file.toString())).isZero();
        assertThat(calls)
                .containsExactly(
                        "PUT /v1/gpus/a {\"name\":\"a\"}", "PUT /v1/gpus/b {\"name\":\"b\"}");
    }

    @Test
    void drainCanWait() {
        assertThat(gpus("drain", "a", "--wait")).isZero();
        assertThat(calls).containsExactly("POST /v1/gpus/a/drain ");
        assertThat(asked.get()).isEqualTo(2);
        assertThat(said()).isEqualTo("a is drained\n");
    }

    @Test
    void resumeLetsItTakeCallsAgain() {
        assertThat(gpus("resume", "a")).isZero();
        assertThat(calls).containsExactly("POST /v1/gpus/a/resume ");
    }

    @Test
    void aRefusalIsSaidInTheServersWords() {
        assertThat(gpus("rm", "a")).isEqualTo(ExitCodes.FAILED);
        assertThat(said()).isEqualTo("kagu: refused: GPU a is not drained\n");
        assertThat(gpus("rm", "a", "--force")).isZero();
    }

    @Test
    void aNameThatCannotBeOneIsAUsageError() {
        assertThat(gpus("drain", "a/b")).isEqualTo(ExitCodes.USAGE);
        assertThat(gpus("put", dir.resolve("none").toString())).isEqualTo(ExitCodes.USAGE);
    }
}
