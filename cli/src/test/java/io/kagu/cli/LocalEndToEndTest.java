package io.kagu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kagu local} as a process. */
final class LocalEndToEndTest {

    private static final String BODY =
            """
            {"model":"m","messages":[{"role":"user","content":"Hello"}],"max_tokens":5}\
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern URL = Pattern.compile("ready at (http://127.0.0.1:\\d+)");
    private static final int JOBS = 30;

    @TempDir private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();

    private KaguProcess local(Path gpus) throws IOException {
        return KaguProcess.start(
                dir, "local", "--port", "0", "--data", "data", "--gpus", gpus.toString());
    }

    private static String url(KaguProcess process) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || URL.matcher(process.output()).find());
        Matcher matcher = URL.matcher(process.output());
        assertThat(matcher.find()).as(process.output()).isTrue();
        return matcher.group(1);
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private int submit(String url, String id) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url + "/v1/jobs"))
                        .header("X-Kagu-Model", "m")
                        .header("X-Kagu-Id", id)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY)));
    }

    private int result(String url, String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/v1/jobs/" + id + "/result?wait=20")));
    }

    @Test
    void afterAKillEveryJobReachesItsEnd() throws Exception {
        try (RealGpu gpu = new RealGpu(2, Duration.ofMillis(200))) {
            Path gpus = gpu.listedIn(dir);
            List<String> ids = new ArrayList<>();
            try (KaguProcess first = local(gpus)) {
                String url = url(first);
                for (int i = 0; i < JOBS; i++) {
                    ids.add("job-" + i);
                    assertThat(submit(url, "job-" + i)).isEqualTo(202);
                }
                await().atMost(PATIENCE).until(() -> gpu.answered().size() >= 3);
                first.kill();
            }
            assertThat(gpu.answered().size()).isLessThan(JOBS);

            try (KaguProcess second = local(gpus)) {
                String url = url(second);
                for (String id : ids) {
                    await().atMost(PATIENCE).until(() -> result(url, id) == 200);
                }
                second.interrupt();
                assertThat(second.end()).as(second.output()).isZero();
            }
            assertThat(gpu.answered()).hasSize(JOBS);
        }
    }

    @Test
    void aBusyPortIsSaidInOneLine() throws Exception {
        try (ServerSocket busy = new ServerSocket(0)) {
            String port = Integer.toString(busy.getLocalPort());
            try (KaguProcess local =
                    KaguProcess.start(dir, "local", "--data", "data", "--port", port)) {
                assertThat(local.end()).isEqualTo(ExitCodes.FAILED);
                assertThat(local.output())
                        .contains("kagu: port " + port + " on 127.0.0.1 is taken")
                        .doesNotContain("\tat ");
            }
        }
    }
}
