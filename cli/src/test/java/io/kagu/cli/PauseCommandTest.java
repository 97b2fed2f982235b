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
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@code kagu pause} and {@code kagu resume} ask of a server that has the pool {@code p1}. */
final class PauseCommandTest {

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> calls = new CopyOnWriteArrayList<>();
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
        routes.post("/v1/queue/{pool}/{change}", this::change);
    }

    private void change(Context ctx) {
        if (ctx.pathParam("pool").equals("p1")) {
            calls.add(ctx.pathParam("change") + " " + ctx.body());
            HttpServer.json(ctx, 202, Map.of());
        } else {
            HttpServer.answer(ctx, Problem.of(404, "pool_not_found", "t", "There is no such pool"));
        }
    }

    private int kagu(String... args) {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--server";
        all[args.length + 1] = "http://127.0.0.1:" + server.port();
        return KaguMain.run(all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWholePoolIsPausedAndResumed() {
        assertThat(kagu("pause", "p1")).isZero();
        assertThat(kagu("resume", "p1")).isZero();

        assertThat(calls).containsExactly("pause {}", "resume {}");
        assertThat(said()).isEqualTo("pool p1: paused\npool p1: resumed\n");
    }

    @Test
    void aPartIsPausedForATimeAndWithAReason() {
        String[] part = {"--priority", "low", "--model", "m", "--for", "10m", "--reason", "night"};
        String[] args = new String[part.length + 2];
        args[0] = "pause";
        args[1] = "p1";
        System.arraycopy(part, 0, args, 2, part.length);

        assertThat(kagu(args)).isZero();

        assertThat(calls)
                .containsExactly(
                        "pause"
                            + " {\"for_s\":600,\"model\":\"m\",\"priority\":\"low\",\"reason\":\"night\"}");
        assertThat(said()).isEqualTo("pool p1, low jobs of m: paused for 600 s\n");
    }

    @Test
    void aTimeHasItsUnit() {
        for (String time : new String[] {"30s", "2h", "1d"}) {
            assertThat(kagu("pause", "p1", "--for", time)).isZero();
        }

        assertThat(calls)
                .containsExactly(
                        "pause {\"for_s\":30}",
                        "pause {\"for_s\":7200}",
                        "pause {\"for_s\":86400}");
    }

    @Test
    void aTimeThatIsNoneIsAUsageError() {
        for (String time : new String[] {"10", "m", "-1s", "0s", "1.5h", "99999999999d", "10 m"}) {
            assertThat(kagu("pause", "p1", "--for=" + time)).as(time).isEqualTo(ExitCodes.USAGE);
        }

        assertThat(said()).contains("is no time such as 30s, 10m, 2h or 1d");
        assertThat(calls).isEmpty();
    }

    @Test
    void aRefusalIsSaidInTheServersWords() {
        assertThat(kagu("pause", "p2")).isEqualTo(ExitCodes.FAILED);
        assertThat(said()).isEqualTo("kagu: refused: There is no such pool\n");
    }

    @Test
    void aNameThatCannotBeOneIsAUsageError() {
        assertThat(kagu("resume", "a/b")).isEqualTo(ExitCodes.USAGE);
        assertThat(kagu("pause")).isEqualTo(ExitCodes.USAGE);
        assertThat(calls).isEmpty();
    }
}
