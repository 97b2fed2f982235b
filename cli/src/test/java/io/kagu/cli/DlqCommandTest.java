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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code kagu dlq} asks of a server that has the dead letter {@code job-1}. */
final class DlqCommandTest {

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private String end = "done";
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

    private void routes(RoutesConfig routes) {
        routes.get("/health/ready", ctx -> HttpServer.json(ctx, 200, Map.of("status", "ok")));
        routes.get("/v1/dlq", this::list);
        routes.get("/v1/dlq/{id}", ctx -> HttpServer.json(ctx, 200, letter()));
        routes.delete("/v1/dlq/{id}", ctx -> done(ctx, 202, Map.of()));
        routes.post("/v1/dlq/{id}/requeue", this::requeueOne);
        routes.post("/v1/dlq:requeue", this::requeueMany);
        routes.get("/v1/dlq:requeue", ctx -> HttpServer.json(ctx, 200, progress()));
        routes.delete("/v1/dlq:requeue", ctx -> done(ctx, 200, Map.of()));
    }

    private void list(Context ctx) {
        calls.add("GET " + ctx.path() + "?" + Optional.ofNullable(ctx.queryString()).orElse(""));
        boolean empty = "none".equals(ctx.queryParam("model"));
        List<Object> letters = empty ? List.of() : List.of(letter());
        List<Object> groups = empty ? List.of() : List.of(group());
        HttpServer.json(
                ctx, 200, Map.of("dead_letters", letters, "groups", groups, "next_cursor", "abc"));
    }

    private void requeueOne(Context ctx) {
        if (ctx.pathParam("id").equals("job-1")) {
            done(ctx, 202, Map.of());
        } else {
            HttpServer.answer(
                    ctx, Problem.of(404, "dead_letter_not_found", "t", "There is none of this id"));
        }
    }

    private void requeueMany(Context ctx) {
        done(
                ctx,
                202,
                ctx.body().contains("\"dry_run\":true")
                        ? Map.of("count", 3, "more", false, "groups", List.of(group()))
                        : progress());
    }

    private void done(Context ctx, int status, Object answer) {
        calls.add(ctx.method() + " " + ctx.path() + " " + ctx.body());
        HttpServer.json(ctx, status, answer);
    }

    /** The run is over from the second time on that it is asked. */
    private Map<String, Object> progress() {
        boolean over = asked.incrementAndGet() > 1;
        Map<String, Object> progress = new TreeMap<>();
        progress.put("state", over ? end : "canary");
        progress.put("selected", 3);
        progress.put("more", true);
        progress.put("requeued", over ? 3 : 1);
        progress.put("skipped", 0);
        progress.put("canaries", 1);
        progress.put("canaries_completed", over ? 1 : 0);
        if (over && !end.equals("done")) {
            progress.put("detail", "canary job-1 ended DEAD: rejected");
        }
        return progress;
    }

    private static Map<String, Object> letter() {
        Map<String, Object> letter = new TreeMap<>();
        letter.put("id", "job-1");
        letter.put("pool", "main");
        letter.put("model", "qwen");
        letter.put("priority", "low");
        letter.put("class", "poison");
        letter.put("code", "poison");
        letter.put("reason", "failed on \u001b[31m3 GPUs");
        letter.put("fingerprint", "0000abcd");
        letter.put("died_at", "2026-01-02T03:04:05Z");
        letter.put("attempt_count", 3);
        letter.put("run", 1);
        letter.put("sequence", 7);
        letter.put("body_bytes", 23);
        letter.put(
                "attempts",
                List.of(
                        Map.of(
                                "number", 3,
                                "gpu", "gpu-a",
                                "started_at", "2026-01-02T03:04:04Z",
                                "ending", "fault",
                                "error", "connection reset")));
        return letter;
    }

    private static Map<String, Object> group() {
        return Map.of(
                "fingerprint", "0000abcd",
                "class", "poison",
                "code", "poison",
                "sample_reason", "failed on 3 GPUs",
                "count", 41,
                "newest_at", "2026-01-02T03:04:05Z");
    }

    private int dlq(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        String[] all = new String[args.length + 3];
        all[0] = "dlq";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--server";
        all[args.length + 2] = "http://127.0.0.1:" + server.port();
        return KaguMain.run(all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutACommandItListsCausesAndLetters() {
        assertThat(dlq("--class", "poison", "--model", "a b&c")).isZero();

        assertThat(calls).containsExactly("GET /v1/dlq?class=poison&limit=50&model=a+b%26c");
        assertThat(said()).startsWith("FINGERPRINT").contains("0000abcd", "41", "job-1", "more");
        assertThat(said()).doesNotContain("\u001b");
    }

    @Test
    void whereThereIsNoneItSaysSo() {
        assertThat(dlq("--model", "none")).isZero();
        assertThat(said()).isEqualTo("no dead letters\n");
    }

    @Test
    void oneLetterIsShownWithItsAttempts() {
        assertThat(dlq("show", "job-1")).isZero();
        assertThat(said())
                .contains("number 7 of its pool", "23 bytes", "gpu-a", "connection reset")
                .doesNotContain("\u001b");
    }

    @Test
    void oneJobIsRequeuedOrItsLetterDiscarded() {
        assertThat(dlq("requeue", "job-1")).isZero();
        assertThat(dlq("discard", "job-1")).isZero();

        assertThat(calls).containsExactly("POST /v1/dlq/job-1/requeue ", "DELETE /v1/dlq/job-1 ");
        assertThat(said()).isEqualTo("job-1 is requeued\njob-1 is discarded\n");
    }

    @Test
    void manyAreRequeuedAndWatched() {
        assertThat(dlq("requeue", "--fingerprint", "0000abcd", "--rate", "2.5", "--canary", "1"))
                .isZero();

        assertThat(calls)
                .containsExactly(
                        "POST /v1/dlq:requeue {\"canary\":1,\"dry_run\":false,"
                                + "\"fingerprint\":\"0000abcd\",\"rate_per_second\":2.5}");
        assertThat(said())
                .isEqualTo(
                        "done: 3 of 3 requeued, 1 of 1 canaries completed;"
                                + " there are more beyond the limit\n");
    }

    @Test
    void aRunThatACanaryStoppedFails() {
        end = "stopped";

        assertThat(dlq("requeue", "--all")).isEqualTo(ExitCodes.FAILED);
        assertThat(said()).contains("stopped: ", "canary job-1 ended DEAD: rejected");
    }

    @Test
    void aDryRunSaysHowManyAndOfWhatCauses() {
        assertThat(dlq("requeue", "--all", "--dry-run")).isZero();

        assertThat(calls).containsExactly("POST /v1/dlq:requeue {\"dry_run\":true}");
        assertThat(said()).startsWith("3 would be requeued\n").contains("0000abcd");
        assertThat(asked.get()).isZero();
    }

    @Test
    void aRunIsStopped() {
        assertThat(dlq("stop")).isZero();
        assertThat(calls).containsExactly("DELETE /v1/dlq:requeue ");
    }

    @Test
    void whichAreMeantMustBeSaidOnce() {
        assertThat(dlq("requeue")).isEqualTo(ExitCodes.USAGE);
        assertThat(dlq("requeue", "job-1", "--all")).isEqualTo(ExitCodes.USAGE);
        assertThat(dlq("requeue", "--all", "--class", "poison")).isEqualTo(ExitCodes.USAGE);
        assertThat(dlq("requeue", "job-1", "--canary", "1")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls).isEmpty();
        assertThat(said()).contains("say which: an ID, --all, or filters");
    }

    @Test
    void aRefusalIsSaidInTheServersWords() {
        assertThat(dlq("requeue", "job-2")).isEqualTo(ExitCodes.FAILED);
        assertThat(said()).isEqualTo("kagu: refused: There is none of this id\n");
    }

    @Test
    void anIdThatCannotBeOneIsAUsageError() {
        assertThat(dlq("show", "a/b")).isEqualTo(ExitCodes.USAGE);
        assertThat(dlq("discard", "..")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls).isEmpty();
    }
}
